"""Makes one variant of an endpoint grow and shrink."""

from __future__ import annotations

from typing import Any, Final, assert_never

from aws_cdk import CfnResource
from constructs import Construct

from pilotlight.catalog import metrics, scaling
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import (
    AnyScaling,
    ConcurrencyScaling,
    InvocationScaling,
    ScheduleScaling,
    UtilizationScaling,
)
from pilotlight.spec.tracked_hardware import published_target
from pilotlight_cdk.metric_of import tracked_metric
from pilotlight_cdk.scalable_target import build_scalable_target
from pilotlight_cdk.scaling import Scaling
from pilotlight_cdk.tracking_policy import build_tracking_policy, predefined

Tracked = InvocationScaling | ConcurrencyScaling | UtilizationScaling

UTILIZATIONS: Final = {
    "cpu": metrics.CPU_UTILIZATION,
    "gpu": metrics.GPU_UTILIZATION,
    "gpu-memory": metrics.GPU_MEMORY_UTILIZATION,
}


class VariantScaling(Scaling):
    """Scales one variant of an endpoint that answers at once; it never goes to zero.

    Args:
        endpoint_name: the literal name.
        endpoint: what has to exist first.
        instance_type: says how many cores or GPUs a utilisation is summed over.
        spec: what to follow, and the bounds.
        variant_name: the variant. Default: the endpoint's own.

    Attributes:
        cfn_scalable_target: the variant, as Application Auto Scaling sees it.
        cfn_policy: holds a metric near its target; None when only the clock decides.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint_name: str,
        endpoint: CfnResource,
        instance_type: str,
        spec: AnyScaling,
        variant_name: str = VARIANT_NAME,
    ) -> None:
        super().__init__(scope, id)
        self._endpoint_name, self._variant_name = endpoint_name, variant_name
        self._instance_type = instance_type
        self.cfn_scalable_target = build_scalable_target(
            self._scope,
            self._part("Target"),
            dimension=scaling.SCALABLE_DIMENSION,
            resource_id=scaling.resource_id(endpoint_name, variant_name),
            bounds=spec,
            endpoint=endpoint,
        )
        self.cfn_policy = None
        if not isinstance(spec, ScheduleScaling):
            name = f"{spec.track}-of-{variant_name}"
            self.cfn_policy = build_tracking_policy(
                self._scope,
                self._part("Tracking"),
                name=name,
                target=self.cfn_scalable_target,
                spec=spec,
                followed=self._followed(spec),
            )

    def _followed(self, spec: Tracked) -> dict[str, Any]:
        match spec:
            case InvocationScaling():
                return predefined(metrics.INVOCATIONS_PER_INSTANCE, spec.target_per_instance)
            case ConcurrencyScaling():
                return predefined(metrics.CONCURRENT_REQUESTS_PER_MODEL, spec.target_per_instance)
            case UtilizationScaling():
                fact = UTILIZATIONS[spec.metric]
                return {
                    "target_value": published_target(spec, self._instance_type),
                    "customized_metric_specification": tracked_metric(
                        fact, self._endpoint_name, self._variant_name
                    ),
                }
            case _ as never:
                assert_never(never)
