"""Lists what AWS publishes about each inference component, under its own name."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.metrics import CLOUDWATCH_GUIDE, INVOCATION_NAMESPACE, MetricFact

COMPONENT: Final = ("InferenceComponentName",)
UTILIZATION_NAMESPACE: Final = "/aws/sagemaker/InferenceComponents"
"""Where the use of the hardware by a component is published."""

KINDS: Final = frozenset({"inference-components"})
ZERO_GUIDE: Final = documented("SageMaker Developer Guide, Scale an endpoint to zero instances")


def _of_component(name: str, unit: str, statistic: str) -> MetricFact:
    return MetricFact(INVOCATION_NAMESPACE, name, COMPONENT, unit, statistic, KINDS, CLOUDWATCH_GUIDE)


NO_CAPACITY_INVOCATION_FAILURES: Final = MetricFact(
    INVOCATION_NAMESPACE, "NoCapacityInvocationFailures", COMPONENT, "None", "Sum", KINDS, ZERO_GUIDE
)
"""Requests that were refused because the component has no copy; waking watches it."""

COMPONENT_INVOCATIONS: Final = _of_component("Invocations", "None", "Sum")
INVOCATIONS_PER_COPY: Final = _of_component("InvocationsPerCopy", "None", "Sum")
"""Each request counts as one divided by the copies of the component."""

COMPONENT_4XX_ERRORS: Final = _of_component("Invocation4XXErrors", "None", "Sum")
COMPONENT_5XX_ERRORS: Final = _of_component("Invocation5XXErrors", "None", "Sum")
COMPONENT_MODEL_ERRORS: Final = _of_component("InvocationModelErrors", "None", "Sum")
COMPONENT_MODEL_LATENCY: Final = _of_component("ModelLatency", "Microseconds", "Average")
COMPONENT_OVERHEAD_LATENCY: Final = _of_component("OverheadLatency", "Microseconds", "Average")
CONCURRENT_REQUESTS_PER_COPY: Final = _of_component("ConcurrentRequestsPerCopy", "None", "Average")
"""Requests in flight; a high-resolution metric, with a value every ten seconds."""
