"""Makes one variant of an endpoint grow and shrink."""

from __future__ import annotations

from typing import Any, Final, assert_never

from aws_cdk import Stack
from aws_cdk import aws_applicationautoscaling as autoscaling
from constructs import Construct

from pilotlight.catalog import metrics, scaling
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import (
    AnyScaling,
    ConcurrencyScaling,
    InvocationScaling,
    ScheduledCapacity,
    ScheduleScaling,
    UtilizationScaling,
)
from pilotlight.spec.tracked_hardware import published_target
from pilotlight_cdk.metric_of import tracked_metric

Tracked = InvocationScaling | ConcurrencyScaling | UtilizationScaling

UTILIZATIONS: Final = {
    "cpu": metrics.CPU_UTILIZATION,
    "gpu": metrics.GPU_UTILIZATION,
    "gpu-memory": metrics.GPU_MEMORY_UTILIZATION,
}


class VariantScaling(Construct):
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
        endpoint: Construct,
        instance_type: str,
        spec: AnyScaling,
        variant_name: str = VARIANT_NAME,
    ) -> None:
        super().__init__(scope, id)
        self._endpoint_name, self._variant_name = endpoint_name, variant_name
        self._instance_type = instance_type
        self.cfn_scalable_target = self._build_target(spec)
        # the target names the endpoint by its literal name, so only this makes it wait for the endpoint
        self.cfn_scalable_target.node.add_dependency(endpoint)
        self.cfn_policy = None if isinstance(spec, ScheduleScaling) else self._build_policy(spec)

    def _build_target(self, spec: AnyScaling) -> autoscaling.CfnScalableTarget:
        stack = Stack.of(self)
        return autoscaling.CfnScalableTarget(
            self,
            "Target",
            service_namespace=scaling.SERVICE_NAMESPACE,
            scalable_dimension=scaling.SCALABLE_DIMENSION,
            resource_id=scaling.resource_id(self._endpoint_name, self._variant_name),
            min_capacity=spec.min_capacity,
            max_capacity=spec.max_capacity,
            role_arn=scaling.service_linked_role_arn(stack.partition, stack.account),
            scheduled_actions=[_action(number, each) for number, each in enumerate(spec.schedule, 1)] or None,
        )

    def _build_policy(self, spec: Tracked) -> autoscaling.CfnScalingPolicy:
        policy = autoscaling.CfnScalingPolicy
        return policy(
            self,
            "Tracking",
            policy_name=f"{spec.track}-of-{self._variant_name}",
            policy_type="TargetTrackingScaling",
            scaling_target_id=self.cfn_scalable_target.ref,
            target_tracking_scaling_policy_configuration=(
                policy.TargetTrackingScalingPolicyConfigurationProperty(
                    **self._followed(spec),
                    scale_in_cooldown=round(spec.scale_in_cooldown.total_seconds()),
                    scale_out_cooldown=round(spec.scale_out_cooldown.total_seconds()),
                    disable_scale_in=True if spec.never_scales_in else None,
                )
            ),
        )

    def _followed(self, spec: Tracked) -> dict[str, Any]:
        match spec:
            case InvocationScaling():
                return _predefined(metrics.INVOCATIONS_PER_INSTANCE, spec.target_per_instance)
            case ConcurrencyScaling():
                return _predefined(metrics.CONCURRENT_REQUESTS_PER_MODEL, spec.target_per_instance)
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


def _predefined(fact: metrics.MetricFact, target: float) -> dict[str, Any]:
    policy = autoscaling.CfnScalingPolicy
    return {
        "target_value": target,
        "predefined_metric_specification": policy.PredefinedMetricSpecificationProperty(
            predefined_metric_type=scaling.predefined_name(fact)
        ),
    }


def _action(
    number: int, capacity: ScheduledCapacity
) -> autoscaling.CfnScalableTarget.ScheduledActionProperty:
    target = autoscaling.CfnScalableTarget
    return target.ScheduledActionProperty(
        scheduled_action_name=f"schedule-{number}",
        schedule=capacity.at,
        timezone=capacity.timezone,
        scalable_target_action=target.ScalableTargetActionProperty(
            min_capacity=capacity.min_capacity, max_capacity=capacity.max_capacity
        ),
    )
