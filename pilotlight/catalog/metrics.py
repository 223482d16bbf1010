"""Lists the CloudWatch metrics of hosting: name, dimensions, unit, and the statistic that makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pilotlight.catalog.evidence import Source, documented

INVOCATION_NAMESPACE: Final = "AWS/SageMaker"
INSTANCE_NAMESPACE: Final = "/aws/sagemaker/Endpoints"

ENDPOINT: Final = ("EndpointName",)
VARIANT: Final = ("EndpointName", "VariantName")

ASYNC_GUIDE: Final = documented("SageMaker Developer Guide, Monitor asynchronous endpoint")
CLOUDWATCH_GUIDE: Final = documented("SageMaker Developer Guide, Monitor SageMaker with Amazon CloudWatch")


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
    return MetricFact(
        INVOCATION_NAMESPACE, name, ENDPOINT, unit, statistic, frozenset({"async"}), ASYNC_GUIDE
    )


def _of_request(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, VARIANT, unit, statistic, frozenset({"async"}), ASYNC_GUIDE)


def _of_instance(name: str) -> MetricFact:
    return MetricFact(
        INSTANCE_NAMESPACE, name, VARIANT, "Percent", "Average", frozenset({"async"}), CLOUDWATCH_GUIDE
    )


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
MODEL_LATENCY: Final = _of_request("ModelLatency", "Microseconds", "Average")
INVOCATION_4XX_ERRORS: Final = _of_request("Invocation4XXErrors", "Count", "Sum")
INVOCATION_5XX_ERRORS: Final = _of_request("Invocation5XXErrors", "Count", "Sum")

CPU_UTILIZATION: Final = _of_instance("CPUUtilization")
"""Summed over the cores: four busy cores show 400."""

GPU_UTILIZATION: Final = _of_instance("GPUUtilization")
"""Summed over the GPUs: four busy GPUs show 400."""

GPU_MEMORY_UTILIZATION: Final = _of_instance("GPUMemoryUtilization")
"""Summed over the GPUs."""

MEMORY_UTILIZATION: Final = _of_instance("MemoryUtilization")
DISK_UTILIZATION: Final = _of_instance("DiskUtilization")

METRICS: Final = tuple(fact for fact in tuple(globals().values()) if isinstance(fact, MetricFact))
"""All of the above. Async endpoints publish no Invocations, InvocationsPerInstance or OverheadLatency."""


def metrics_of(kind: str) -> tuple[MetricFact, ...]:
    """Give the metrics that an endpoint of this kind publishes."""
    return tuple(fact for fact in METRICS if kind in fact.kinds)


def find_metric(namespace: str, name: str) -> MetricFact | None:
    """Find a metric by the words a template uses; None when AWS publishes no such metric that we know."""
    return next((fact for fact in METRICS if (fact.namespace, fact.name) == (namespace, name)), None)
