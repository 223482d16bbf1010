"""Faults of scaling policies and alarms."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog import metrics, scaling
from pilotlight.local.story.scene import Scene


def no_backlog_policy(scene: Scene) -> None:
    """Target tracking is gone: nothing takes the last instance away."""
    _delete_policies(scene, "TargetTrackingScaling")


def no_wake_policy(scene: Scene) -> None:
    """The step policy is gone: nothing brings the first instance for a backlog within the target."""
    _delete_policies(scene, "StepScaling")


def wrong_alarm_dimension(scene: Scene) -> None:
    """The wake alarm looks at a variant, where AWS publishes the metric for the endpoint alone."""
    cloudwatch = scene.client("cloudwatch")
    for alarm in cloudwatch.describe_alarms()["MetricAlarms"]:
        if alarm["MetricName"] == metrics.HAS_BACKLOG_WITHOUT_CAPACITY.name:
            wrong = [*alarm["Dimensions"], {"Name": "VariantName", "Value": "AllTraffic"}]
            cloudwatch.put_metric_alarm(**_definition(alarm) | {"Dimensions": wrong})


_DEFINITION = (
    "AlarmName",
    "AlarmActions",
    "MetricName",
    "Namespace",
    "Statistic",
    "Period",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "Threshold",
    "ComparisonOperator",
    "TreatMissingData",
)


def _definition(alarm: dict[str, Any]) -> dict[str, Any]:
    return {name: alarm[name] for name in _DEFINITION if name in alarm}


def _delete_policies(scene: Scene, kind: str) -> None:
    client = scene.client("application-autoscaling")
    resource = scaling.resource_id(scene.starter.endpoint(scene.ticket_intent))
    described = client.describe_scaling_policies(
        ServiceNamespace=scaling.SERVICE_NAMESPACE, ResourceId=resource
    )
    for policy in described["ScalingPolicies"]:
        if policy["PolicyType"] == kind:
            client.delete_scaling_policy(
                PolicyName=policy["PolicyName"],
                ServiceNamespace=scaling.SERVICE_NAMESPACE,
                ResourceId=resource,
                ScalableDimension=scaling.SCALABLE_DIMENSION,
            )
