"""Holds what AWS says about endpoints whose instances run several containers: limits, names, metrics."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.limits import Limit
from pilotlight.catalog.metrics import (
    INSTANCE_NAMESPACE,
    INVOCATION_NAMESPACE,
    VARIANT,
    MetricFact,
)

CREATE_GUIDE: Final = documented("SageMaker Developer Guide, Create a multi-container endpoint")
SECURITY_GUIDE: Final = documented(
    "SageMaker Developer Guide, Security with multi-container endpoints with direct invocation"
)
METRICS_GUIDE: Final = documented(
    "SageMaker Developer Guide, Metrics for multi-container endpoints with direct invocation"
)
PIPELINE_GUIDE: Final = documented("SageMaker Developer Guide, Inference Pipeline Logs and Metrics")

CONTAINERS: Final = Limit("Containers", 2, 15, "containers", CREATE_GUIDE)
"""More than one; serial or direct."""

HOSTNAME_PATTERN: Final = r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"
"""What SageMaker takes as the name of a container (botocore 1.44.5, CreateModel, ContainerHostname)."""

TARGET_CONTAINER_CONDITION: Final = "sagemaker:TargetContainerHostname"
"""Condition key that limits InvokeEndpoint to certain containers of an endpoint (SECURITY_GUIDE)."""

BIND_TO_PORT_LABEL: Final = "com.amazonaws.sagemaker.capabilities.accept-bind-to-port=true"
"""Label that the image of each container needs: it listens where SAGEMAKER_BIND_TO_PORT says.

Source: SageMaker Developer Guide, Troubleshoot multi-container endpoints.
"""

CONTAINER: Final = (*VARIANT, "ContainerName")
DIRECT: Final = frozenset({"multi-container"})
PIPELINE: Final = frozenset({"pipeline"})


def _of_container(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, CONTAINER, unit, statistic, DIRECT, METRICS_GUIDE)


def _of_use(name: str) -> MetricFact:
    return MetricFact(INSTANCE_NAMESPACE, name, CONTAINER, "Percent", "Average", DIRECT, METRICS_GUIDE)


CONTAINER_LATENCY: Final = MetricFact(
    INVOCATION_NAMESPACE,
    "ContainerLatency",
    CONTAINER,
    "Microseconds",
    "Average",
    DIRECT | PIPELINE,
    PIPELINE_GUIDE,
)
"""What one container took to answer."""

CONTAINER_INVOCATIONS: Final = _of_container("Invocations", "None", "Sum")
CONTAINER_4XX_ERRORS: Final = _of_container("Invocation4XXErrors", "None", "Sum")
CONTAINER_5XX_ERRORS: Final = _of_container("Invocation5XXErrors", "None", "Sum")
"""1 for each such answer. AWS's text lists the average beside the sum, but not what other answers send: that
it is 0, as for the variant, is assumed. Else an alarm on the average would go off at the first failure."""

CONTAINER_OVERHEAD_LATENCY: Final = _of_container("OverheadLatency", "Microseconds", "Average")

CONTAINER_CPU_UTILIZATION: Final = _of_use("CPUUtilization")
"""Of one container, summed over the cores of the instance."""

CONTAINER_MEMORY_UTILIZATION: Final = _of_use("MemoryUtilization")
