"""What wakes something that has gone to zero: a step policy, and an alarm that runs it."""

from __future__ import annotations

from datetime import timedelta

from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from pilotlight.catalog.metrics import MetricFact
from pilotlight_cdk.metric_of import dimensions_of


def build_wake_policy(
    scope: Construct,
    id: str,
    *,
    target: autoscaling.CfnScalableTarget,
    cooldown: timedelta,
    aggregation: str,
) -> autoscaling.CfnScalingPolicy:
    """Create the policy that adds one, and then waits for its cool-down.

    Args:
        scope: the construct that scales.
        id: construct id.
        target: what may be at zero.
        cooldown: after one was added.
        aggregation: of the datapoints, as AWS's guide has it for the kind.
    """
    policy = autoscaling.CfnScalingPolicy
    return policy(
        scope,
        id,
        policy_name="wake-from-zero",
        policy_type="StepScaling",
        scaling_target_id=target.ref,
        step_scaling_policy_configuration=policy.StepScalingPolicyConfigurationProperty(
            adjustment_type="ChangeInCapacity",
            metric_aggregation_type=aggregation,
            cooldown=round(cooldown.total_seconds()),
            step_adjustments=[
                policy.StepAdjustmentProperty(metric_interval_lower_bound=0, scaling_adjustment=1)
            ],
        ),
    )


def build_wake_alarm(
    scope: Construct,
    id: str,
    *,
    fact: MetricFact,
    name: str,
    policy: autoscaling.CfnScalingPolicy,
    description: str,
) -> cloudwatch.CfnAlarm:
    """Create the alarm: one datapoint of a minute is enough, a second would only make callers wait.

    Args:
        scope: the construct that scales.
        id: construct id.
        fact: the metric that shows that somebody waits.
        name: what the metric is published under.
        policy: is run.
        description: says what it is for.
    """
    return cloudwatch.CfnAlarm(
        scope,
        id,
        alarm_description=description,
        namespace=fact.namespace,
        metric_name=fact.name,
        dimensions=[
            cloudwatch.CfnAlarm.DimensionProperty(name=key, value=value)
            for key, value in dimensions_of(fact, name).items()
        ],
        statistic=fact.statistic,
        period=60,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        threshold=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        treat_missing_data="missing",
        alarm_actions=[policy.ref],
    )
