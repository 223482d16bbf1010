"""Holds what AWS says about serverless inference: sizes, limits, metrics."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.limits import CREATE_ENDPOINT_CONFIG, Limit
from pilotlight.catalog.metrics import INVOCATION_NAMESPACE, SERVERLESS, VARIANT, MetricFact

GUIDE: Final = documented("SageMaker Developer Guide, Deploy models with Serverless Inference")
METRICS_GUIDE: Final = documented("SageMaker Developer Guide, Alarms and logs for serverless endpoints")

MEMORY: Final = Limit("MemorySizeInMB", 1024, 6144, "MB", CREATE_ENDPOINT_CONFIG)
MEMORY_STEP: Final = 1024
"""MB between one size and the next (botocore 1.44.5, CreateEndpointConfig)."""

MAX_CONCURRENCY: Final = Limit("MaxConcurrency", 1, 200, "requests", CREATE_ENDPOINT_CONFIG)
PROVISIONED_CONCURRENCY: Final = Limit("ProvisionedConcurrency", 1, 200, "requests", CREATE_ENDPOINT_CONFIG)
"""Never more than the maximum concurrency of the same endpoint."""

BODY: Final = Limit(
    "Body", None, 4_000_000, "bytes", documented("SageMaker Developer Guide, Model Hosting FAQs")
)
"""The largest request."""

IMAGE_GB: Final = Limit("size of the image", None, 10, "GB", GUIDE)
DISK_GB: Final = Limit("ephemeral disk", None, 5, "GB", GUIDE)
STARTUP: Final = Limit(
    "first ping", None, 180, "s", documented("SageMaker Developer Guide, Invoke a serverless endpoint")
)
RESPONSE: Final = Limit("response of the container", None, 60, "s", STARTUP.source)

ENDPOINTS: Final = Limit("serverless endpoints of an account in a region", None, 50, "endpoints", GUIDE)


def _of_concurrency(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, VARIANT, unit, statistic, SERVERLESS, METRICS_GUIDE)


MODEL_SETUP_TIME: Final = _of_concurrency("ModelSetupTime", "Microseconds", "Average")
"""What launching new compute for a request took: a cold start."""

CONCURRENT_EXECUTIONS_UTILIZATION: Final = _of_concurrency(
    "ServerlessConcurrentExecutionsUtilization", "None", "Maximum"
)
"""Requests in flight, divided by the maximum concurrency."""

PROVISIONED_CONCURRENCY_EXECUTIONS: Final = _of_concurrency(
    "ServerlessProvisionedConcurrencyExecutions", "Count", "Maximum"
)
PROVISIONED_CONCURRENCY_UTILIZATION: Final = _of_concurrency(
    "ServerlessProvisionedConcurrencyUtilization", "None", "Average"
)
"""Requests in flight, divided by the provisioned concurrency."""

PROVISIONED_CONCURRENCY_INVOCATIONS: Final = _of_concurrency(
    "ServerlessProvisionedConcurrencyInvocations", "Count", "Average"
)
PROVISIONED_CONCURRENCY_SPILLOVER: Final = _of_concurrency(
    "ServerlessProvisionedConcurrencySpilloverInvocations", "Count", "Average"
)
"""Requests that found none of the provisioned concurrency free, and may have met a cold start."""

OF_PROVISIONED: Final = frozenset(
    {
        PROVISIONED_CONCURRENCY_EXECUTIONS,
        PROVISIONED_CONCURRENCY_UTILIZATION,
        PROVISIONED_CONCURRENCY_INVOCATIONS,
        PROVISIONED_CONCURRENCY_SPILLOVER,
    }
)
"""Published by endpoints with provisioned concurrency (assumed: the others have nothing to measure)."""
