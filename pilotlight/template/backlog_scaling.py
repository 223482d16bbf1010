"""Reads how an asynchronous endpoint follows its backlog, falls asleep and wakes."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog import metrics
from pilotlight.spec import BacklogScaling
from pilotlight.template.endpoint_alarm import ALARM, AT_LEAST
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built
from pilotlight.template.scalable_target import (
    POLICY,
    STEPS,
    TRACKING,
    ScaledVariant,
    policy_part,
    scaled_variant,
    variant_id,
)
from pilotlight.template.tracked_metric import cooldowns, dimensions_in, followed, read_metric

MINUTE: Final = 60


def backlog_scaling(
    resources: Resources, endpoint: Value, variant: str, count: Said[int] | None
) -> BacklogScaling | None:
    """Read the scaling of an asynchronous endpoint; one that nothing scales keeps its number of instances.

    Args:
        resources: all of them.
        endpoint: the name of the endpoint.
        variant: the name of its variant.
        count: the instances it starts with.
    """
    scaled = scaled_variant(resources, variant_id(endpoint, variant))
    if scaled is None:
        return None if count is None else _constant(resources, count)
    return built(
        BacklogScaling,
        resources.notes,
        scaled.target.place,
        **scaled.bounds,
        **_tracking(scaled, {"EndpointName": endpoint, "VariantName": variant}),
        wake_cooldown=_wake(scaled, endpoint),
    )


def _constant(resources: Resources, count: Said[int]) -> BacklogScaling | None:
    return built(BacklogScaling, resources.notes, count.place, min_capacity=count, max_capacity=count)


def _tracking(scaled: ScaledVariant, dimensions: dict[str, Value]) -> dict[str, Any]:
    for policy in scaled.of_type(TRACKING):
        tracking = policy.part.part("TargetTrackingScalingPolicyConfiguration")
        fact = followed(tracking, dimensions)
        if tracking is not None and fact == metrics.APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE:
            policy_part(policy)
            read_metric(tracking, fact)
            tracking.only("DisableScaleIn", None, False)
            return {"target_per_instance": tracking.number("TargetValue"), **cooldowns(tracking)}
    scaled.resources.notes.note(scaled.target.place, "no policy follows the backlog per instance")
    return {}


def _wake(scaled: ScaledVariant, endpoint: Value) -> Said[Any] | None:
    """Read what adds the first instance; note an endpoint that sleeps and that nothing wakes."""
    for policy in scaled.of_type(STEPS):
        alarm = _alarm_of(scaled.resources, policy, endpoint)
        if alarm is not None:
            _read_alarm(alarm)
            return _read_steps(policy)
    if scaled.target.part.look("MinCapacity") in (0, "0"):
        scaled.target.part.note("MinCapacity", "nothing wakes the endpoint once it has no instance")
    return None


def _alarm_of(resources: Resources, policy: Resource, endpoint: Value) -> Resource | None:
    fact = metrics.HAS_BACKLOG_WITHOUT_CAPACITY
    for each in resources.of_type(ALARM):
        part, actions = each.part, each.part.look("AlarmActions")
        started = [resources.find(action, POLICY) for action in actions] if isinstance(actions, list) else []
        if (
            policy in started
            and (part.look("Namespace"), part.look("MetricName")) == (fact.namespace, fact.name)
            and dimensions_in(part.look("Dimensions")) == {"EndpointName": endpoint}
        ):
            return each
    return None


def _read_alarm(alarm: Resource) -> None:
    alarm.is_read = True
    part = alarm.part
    part.leave("AlarmActions", "AlarmDescription", "Dimensions", "MetricName", "Namespace")
    part.only("ComparisonOperator", AT_LEAST)
    part.only("DatapointsToAlarm", None, 1)
    part.only("EvaluationPeriods", 1)
    part.only("Period", MINUTE)
    part.only("Statistic", metrics.HAS_BACKLOG_WITHOUT_CAPACITY.statistic)
    part.only("Threshold", 1)
    part.only("TreatMissingData", None, "missing")


def _read_steps(policy: Resource) -> Said[Any] | None:
    steps: Part | None = policy_part(policy).part("StepScalingPolicyConfiguration")
    if steps is None:
        return None
    steps.only("AdjustmentType", "ChangeInCapacity")
    steps.only("MetricAggregationType", None, "Average")
    for step in steps.parts("StepAdjustments"):
        step.only("MetricIntervalLowerBound", 0)
        step.only("ScalingAdjustment", 1)
    return steps.seconds("Cooldown")
