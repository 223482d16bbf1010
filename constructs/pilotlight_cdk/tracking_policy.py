"""A policy that holds a metric near its target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_cdk import aws_applicationautoscaling as autoscaling
from constructs import Construct

from pilotlight.catalog import scaling
from pilotlight.catalog.metrics import MetricFact
from pilotlight.spec.component_scaling import TrackedCopies
from pilotlight.spec.realtime_scaling import TrackedScaling


def build_tracking_policy(
    scope: Construct,
    id: str,
    *,
    name: str,
    target: autoscaling.CfnScalableTarget,
    spec: TrackedScaling | TrackedCopies,
    followed: Mapping[str, Any],
) -> autoscaling.CfnScalingPolicy:
    """Create the policy; its cool-downs are always said, because AWS's defaults differ by what is scaled.

    Args:
        scope: the construct that scales.
        id: construct id.
        name: of the policy.
        target: is made larger and smaller.
        spec: the cool-downs, and whether it is ever made smaller.
        followed: the metric and its target value, in the words of CloudFormation.
    """
    policy = autoscaling.CfnScalingPolicy
    return policy(
        scope,
        id,
        policy_name=name,
        policy_type="TargetTrackingScaling",
        scaling_target_id=target.ref,
        target_tracking_scaling_policy_configuration=policy.TargetTrackingScalingPolicyConfigurationProperty(
            **followed,
            scale_in_cooldown=round(spec.scale_in_cooldown.total_seconds()),
            scale_out_cooldown=round(spec.scale_out_cooldown.total_seconds()),
            disable_scale_in=True if spec.never_scales_in else None,
        ),
    )


def predefined(fact: MetricFact, target: float) -> dict[str, Any]:
    """Follow a metric that Application Auto Scaling has a name of its own for."""
    policy = autoscaling.CfnScalingPolicy
    return {
        "target_value": target,
        "predefined_metric_specification": policy.PredefinedMetricSpecificationProperty(
            predefined_metric_type=scaling.predefined_name(fact)
        ),
    }
