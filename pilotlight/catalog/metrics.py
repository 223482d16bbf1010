"""Lists the CloudWatch metrics of hosting: name, dimensions, unit, and the statistic that makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pilotlight.catalog.evidence import Source, documented

PUBLISH_FREQUENCIES: Final = (10, 30, 60, 120, 180, 240, 300)
"""Seconds between the values of a metric that an endpoint may ask for (botocore 1.44.5, MetricsConfig)."""

INVOCATION_NAMESPACE: Final = "AWS/SageMaker"
INSTANCE_NAMESPACE: Final = "/aws/sagemaker/Endpoints"
STATES_NAMESPACE: Final = "AWS/States"

ENDPOINT: Final = ("EndpointName",)
STATE_MACHINE: Final = ("StateMachineArn",)
VARIANT: Final = ("EndpointName", "VariantName")

ASYNC_GUIDE: Final = documented("SageMaker Developer Guide, Monitor asynchronous endpoint")
CLOUDWATCH_GUIDE: Final = documented("SageMaker Developer Guide, Monitor SageMaker with Amazon CloudWatch")
STATES_GUIDE: Final = documented("Step Functions Developer Guide, Monitoring Step Functions using CloudWatch")
NAMES_GUIDE: Final = documented("SageMaker Developer Guide, Metric name mapping: legacy to OTel")

ASYNC: Final = frozenset({"async"})
BATCH: Final = frozenset({"batch-transform"})
AT_ONCE: Final = frozenset({"multi-container", "multi-model", "pipeline", "realtime"})
"""Kinds on instances that answer the caller at once."""

SERVERLESS: Final = frozenset({"serverless"})

STREAMING: Final = frozenset({"multi-container", "realtime"})
"""Kinds that can answer in parts: the streaming call names no target model (botocore 1.44.5)."""

ON_INSTANCES: Final = ASYNC | AT_ONCE
ANY: Final = ON_INSTANCES | SERVERLESS


@dataclass(frozen=True, slots=True)
class MetricFact:
    """One metric as AWS publishes it.

    `dimensions` are the names every datapoint carries: a query with others finds nothing.
    `unit` is CloudWatch's word for it. `statistic` is the one that makes sense for an alarm.
    `kinds` are the kinds of endpoint that publish it.
    """

    namespace: str
    name: str
    dimensions: tuple[str, ...]
    unit: str
    statistic: str
    kinds: frozenset[str]
    source: Source


def _of_backlog(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, ENDPOINT, unit, statistic, ASYNC, ASYNC_GUIDE)


def _of_request(name: str, unit: str, statistic: str, kinds: frozenset[str] = ASYNC) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, VARIANT, unit, statistic, kinds, ASYNC_GUIDE)


def _of_invocation(
    name: str, unit: str, statistic: str, source: Source = CLOUDWATCH_GUIDE, kinds: frozenset[str] = AT_ONCE
) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, VARIANT, unit, statistic, kinds, source)


def _of_stream(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, VARIANT, unit, statistic, STREAMING, NAMES_GUIDE)


def _of_instance(name: str, kinds: frozenset[str] = ON_INSTANCES) -> MetricFact:
    return MetricFact(INSTANCE_NAMESPACE, name, VARIANT, "Percent", "Average", kinds, CLOUDWATCH_GUIDE)


def _of_executions(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(STATES_NAMESPACE, name, STATE_MACHINE, unit, statistic, BATCH, STATES_GUIDE)


APPROXIMATE_BACKLOG_SIZE: Final = _of_backlog("ApproximateBacklogSize", "Count", "Average")
"""Requests that wait or are being worked on."""

APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE: Final = _of_backlog(
    "ApproximateBacklogSizePerInstance", "Count", "Average"
)
"""Backlog divided by the instances; what it shows with no instance is not published."""

APPROXIMATE_AGE_OF_OLDEST_REQUEST: Final = _of_backlog("ApproximateAgeOfOldestRequest", "Seconds", "Maximum")

HAS_BACKLOG_WITHOUT_CAPACITY: Final = _of_backlog("HasBacklogWithoutCapacity", "Count", "Average")
"""1 while requests wait and there is no instance, 0 otherwise."""

EXPIRED_REQUESTS: Final = _of_request("ExpiredRequests", "Count", "Sum")
"""Requests that waited longer than their RequestTTLSeconds; nobody is notified of them."""

INVOCATION_FAILURES: Final = _of_request("InvocationFailures", "Count", "Sum")
REQUEST_DOWNLOAD_FAILURES: Final = _of_request("RequestDownloadFailures", "Count", "Sum")
RESPONSE_UPLOAD_FAILURES: Final = _of_request("ResponseUploadFailures", "Count", "Sum")
NOTIFICATION_FAILURES: Final = _of_request("NotificationFailures", "Count", "Sum")
REQUEST_DOWNLOAD_LATENCY: Final = _of_request("RequestDownloadLatency", "Microseconds", "Average")
RESPONSE_UPLOAD_LATENCY: Final = _of_request("ResponseUploadLatency", "Microseconds", "Average")
TIME_IN_BACKLOG: Final = _of_request("TimeInBacklog", "Milliseconds", "Average")
TOTAL_PROCESSING_TIME: Final = _of_request("TotalProcessingTime", "Milliseconds", "Average")
MODEL_LATENCY: Final = _of_request("ModelLatency", "Microseconds", "Average", ANY)
INVOCATION_4XX_ERRORS: Final = _of_request("Invocation4XXErrors", "Count", "Sum", ANY)
"""1 for each request that the model refused and 0 for each other one: the average is the rate."""

INVOCATION_5XX_ERRORS: Final = _of_request("Invocation5XXErrors", "Count", "Sum", ANY)
"""1 for each request that the model failed on and 0 for each other one: the average is the rate."""

INVOCATIONS: Final = _of_invocation("Invocations", "None", "Sum", kinds=AT_ONCE | SERVERLESS)
INVOCATIONS_PER_INSTANCE: Final = _of_invocation("InvocationsPerInstance", "None", "Sum")
"""Each request counts as one divided by the instances of its variant; without requests there is no value."""

INVOCATION_MODEL_ERRORS: Final = _of_invocation("InvocationModelErrors", "None", "Sum")
"""Requests without an answer of status 2xx: 4xx, 5xx, time-outs and closed connections."""

OVERHEAD_LATENCY: Final = _of_invocation(
    "OverheadLatency", "Microseconds", "Average", kinds=AT_ONCE | SERVERLESS
)
"""What SageMaker itself adds to the latency of the model; of a serverless endpoint also its cold starts."""

CONCURRENT_REQUESTS_PER_MODEL: Final = _of_invocation(
    "ConcurrentRequestsPerModel", "None", "Average", NAMES_GUIDE
)
"""Requests in flight; a high-resolution metric, with a value every ten seconds."""

MID_STREAM_ERRORS: Final = _of_stream("MidStreamErrors", "None", "Sum")
"""Streams that broke after their first part."""

FIRST_CHUNK_LATENCY: Final = _of_stream("FirstChunkLatency", "Microseconds", "Average")
"""From the request to the first part of a stream."""

FIRST_CHUNK_MODEL_LATENCY: Final = _of_stream("FirstChunkModelLatency", "Microseconds", "Average")
FIRST_CHUNK_OVERHEAD_LATENCY: Final = _of_stream("FirstChunkOverheadLatency", "Microseconds", "Average")

CPU_UTILIZATION: Final = _of_instance("CPUUtilization")
"""Summed over the cores: four busy cores show 400."""

GPU_UTILIZATION: Final = _of_instance("GPUUtilization")
"""Summed over the GPUs: four busy GPUs show 400."""

GPU_MEMORY_UTILIZATION: Final = _of_instance("GPUMemoryUtilization")
"""Summed over the GPUs."""

OF_GPUS: Final = frozenset({GPU_UTILIZATION, GPU_MEMORY_UTILIZATION})
"""Published by instances with GPUs (assumed: the others have nothing to measure)."""

MEMORY_UTILIZATION: Final = _of_instance("MemoryUtilization", ANY)
DISK_UTILIZATION: Final = _of_instance("DiskUtilization")

EXECUTIONS_STARTED: Final = _of_executions("ExecutionsStarted", "Count", "Sum")
EXECUTIONS_SUCCEEDED: Final = _of_executions("ExecutionsSucceeded", "Count", "Sum")
EXECUTIONS_FAILED: Final = _of_executions("ExecutionsFailed", "Count", "Sum")
"""Those that somebody aborted are not among them."""

EXECUTIONS_ABORTED: Final = _of_executions("ExecutionsAborted", "Count", "Sum")
EXECUTION_TIME: Final = _of_executions("ExecutionTime", "Milliseconds", "Average")
"""From the start of an execution to its end, its retries included."""

METRICS: Final = tuple(fact for fact in tuple(globals().values()) if isinstance(fact, MetricFact))
"""All of the above. Async endpoints publish no Invocations, InvocationsPerInstance or OverheadLatency."""


def metrics_of(kind: str) -> tuple[MetricFact, ...]:
    """Give the metrics that an endpoint of this kind publishes."""
    return tuple(fact for fact in METRICS if kind in fact.kinds)


def find_metric(namespace: str, name: str) -> MetricFact | None:
    """Find a metric by the words a template uses; None when AWS publishes no such metric that we know."""
    return next((fact for fact in METRICS if (fact.namespace, fact.name) == (namespace, name)), None)
