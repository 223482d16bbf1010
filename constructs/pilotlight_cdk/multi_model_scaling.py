"""Makes an endpoint of many models grow with its requests, and with the memory that its models fill."""

from __future__ import annotations

from aws_cdk import CfnResource
from aws_cdk import aws_applicationautoscaling as autoscaling
from constructs import Construct

from pilotlight.catalog.metrics import GPU_MEMORY_UTILIZATION
from pilotlight.spec import AnyScaling, MultiModelSpec, ScheduleScaling
from pilotlight_cdk.metric_of import tracked_metric
from pilotlight_cdk.variant_scaling import VariantScaling


class MultiModelScaling(VariantScaling):
    """Scales an endpoint of many models; it never goes to zero.

    What is loaded follows from what was asked once, not from load: after an instance is added its memory is
    empty and the average falls, but those that were there are as full as before. A policy that takes the new
    one away would make memory add it again. So with `gpu_memory_percent` no policy takes any away, unless the
    spec says otherwise.

    Args:
        endpoint_name: the literal name.
        endpoint: what has to exist first.
        spec: of the endpoint.
        bounds: its scaling.

    Attributes:
        cfn_memory_policy: adds instances when memory fills; None without `gpu_memory_percent`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint_name: str,
        endpoint: CfnResource,
        spec: MultiModelSpec,
        bounds: AnyScaling,
    ) -> None:
        only_out = spec.never_scales_in and not isinstance(bounds, ScheduleScaling)
        super().__init__(
            scope,
            id,
            endpoint_name=endpoint_name,
            endpoint=endpoint,
            instance_type=spec.instance_type,
            spec=bounds.model_copy(update={"disable_scale_in": True}) if only_out else bounds,
        )
        percent = spec.gpu_memory_percent
        self.cfn_memory_policy = None if percent is None else self._build_memory_policy(percent)

    def _build_memory_policy(self, percent: float) -> autoscaling.CfnScalingPolicy:
        policy = autoscaling.CfnScalingPolicy
        return policy(
            self._scope,
            self._part("Memory"),
            policy_name=f"gpu-memory-of-{self._variant_name}",
            policy_type="TargetTrackingScaling",
            scaling_target_id=self.cfn_scalable_target.ref,
            target_tracking_scaling_policy_configuration=(
                policy.TargetTrackingScalingPolicyConfigurationProperty(
                    target_value=percent,  # of the one GPU that these instances have
                    customized_metric_specification=tracked_metric(
                        GPU_MEMORY_UTILIZATION, self._endpoint_name, self._variant_name
                    ),
                    disable_scale_in=True,
                )
            ),
        )
