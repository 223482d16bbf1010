"""Holds the words of Application Auto Scaling for SageMaker variants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pilotlight.catalog.component_metrics import CONCURRENT_REQUESTS_PER_COPY, INVOCATIONS_PER_COPY
from pilotlight.catalog.evidence import documented
from pilotlight.catalog.limits import INT32_MAXIMUM, Limit
from pilotlight.catalog.metrics import CONCURRENT_REQUESTS_PER_MODEL, INVOCATIONS_PER_INSTANCE, MetricFact
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.catalog.serverless import PROVISIONED_CONCURRENCY_UTILIZATION

SERVICE_NAMESPACE: Final = "sagemaker"
SCALABLE_DIMENSION: Final = "sagemaker:variant:DesiredInstanceCount"
CONCURRENCY_DIMENSION: Final = "sagemaker:variant:DesiredProvisionedConcurrency"
COPY_DIMENSION: Final = "sagemaker:inference-component:DesiredCopyCount"
"""All that can be scaled in SageMaker hosting (botocore 1.43.106, ScalableDimension)."""

POLICY_RESOURCE: Final = "scalingPolicy"
"""The kind of resource in the ARN of a scaling policy."""

SERVICE_PRINCIPAL: Final = "sagemaker.application-autoscaling.amazonaws.com"
SERVICE_LINKED_ROLE: Final = "AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint"
"""Who scales, and its role (Application Auto Scaling User Guide, Service-linked roles)."""

REGISTER_SCALABLE_TARGET: Final = documented("botocore 1.44.5, RegisterScalableTarget")
MIN_CAPACITY: Final = Limit("MinCapacity", 0, INT32_MAXIMUM, "instances", REGISTER_SCALABLE_TARGET)
MAX_CAPACITY: Final = Limit("MaxCapacity", 0, INT32_MAXIMUM, "instances", REGISTER_SCALABLE_TARGET)

GUIDE: Final = documented("Application Auto Scaling User Guide")
SCALE_IN_COOLDOWN: Final = Limit("ScaleInCooldown", 0, INT32_MAXIMUM, "s", GUIDE, default=300)
SCALE_OUT_COOLDOWN: Final = Limit("ScaleOutCooldown", 0, INT32_MAXIMUM, "s", GUIDE, default=300)
STEP_COOLDOWN: Final = Limit(
    "Cooldown", 0, INT32_MAXIMUM, "s", documented("botocore 1.44.5, PutScalingPolicy"), default=300
)
TARGET_VALUE: Final = Limit(
    "TargetValue", None, 2**360, "of the metric", documented("botocore 1.44.5, PutScalingPolicy")
)
POLICIES_PER_TARGET: Final = Limit("scaling policies of a target", None, 50, "policies", GUIDE)
STEPS_PER_POLICY: Final = Limit("steps of a step policy", 1, 20, "steps", GUIDE)
SCHEDULED_ACTIONS: Final = Limit("scheduled actions of a target", None, 200, "actions", GUIDE)

PREDEFINED_METRICS: Final[Mapping[str, tuple[MetricFact, int]]] = {
    "SageMakerVariantInvocationsPerInstance": (INVOCATIONS_PER_INSTANCE, 60),
    "SageMakerVariantConcurrentRequestsPerModelHighResolution": (CONCURRENT_REQUESTS_PER_MODEL, 10),
    "SageMakerVariantProvisionedConcurrencyUtilization": (PROVISIONED_CONCURRENCY_UTILIZATION, 60),
    "SageMakerInferenceComponentInvocationsPerCopy": (INVOCATIONS_PER_COPY, 60),
    "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution": (CONCURRENT_REQUESTS_PER_COPY, 10),
}
"""What a target tracking policy may call a metric of a variant or component → it, and a datapoint's seconds.

Source: botocore 1.44.5, PutScalingPolicy; SageMaker Developer Guide, Define a scaling policy, and
Automatically scale Provisioned Concurrency for a serverless endpoint.
"""


def predefined_name(metric: MetricFact) -> str:
    """Give what a target tracking policy calls a metric. Raises LookupError when it has no such name."""
    for name, (fact, _) in PREDEFINED_METRICS.items():
        if fact == metric:
            return name
    raise LookupError(f"predefined metric, got {metric.name}, allowed {', '.join(PREDEFINED_METRICS)}")


def resource_id(endpoint: str, variant: str = VARIANT_NAME) -> str:
    """Name a variant as a scalable target."""
    return f"endpoint/{endpoint}/variant/{variant}"


def component_resource_id(component: str) -> str:
    """Name an inference component as a scalable target."""
    return f"inference-component/{component}"


def service_linked_role_arn(partition: str, account: str) -> str:
    """Give the role that Application Auto Scaling uses, so that no stack creates one of its own."""
    path = f"role/aws-service-role/{SERVICE_PRINCIPAL}/{SERVICE_LINKED_ROLE}"
    return f"arn:{partition}:iam::{account}:{path}"
