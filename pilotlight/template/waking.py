"""Reads what wakes something that has gone to zero: an alarm, and the step policy that it starts."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog.metrics import MetricFact
from pilotlight.template.endpoint_alarm import ALARM, AT_LEAST
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said
from pilotlight.template.scalable_target import POLICY, STEPS, ScaledVariant, policy_part
from pilotlight.template.tracked_metric import dimensions_in

MINUTE: Final = 60


def waking(
    scaled: ScaledVariant, fact: MetricFact, dimensions: dict[str, Value], aggregation: str
) -> Said[Any] | None:
    """Read the cool-down of the policy that adds the first one; None when nothing does.

    Args:
        scaled: what may be at zero.
        fact: the metric that shows that somebody waits.
        dimensions: of it.
        aggregation: how a fleet's policy puts datapoints together.
    """
    for policy in scaled.of_type(STEPS):
        alarm = alarm_that_wakes(scaled.resources, policy, fact, dimensions)
        if alarm is not None:
            read_wake_alarm(alarm, fact)
            return _read_steps(policy, aggregation)
    return None


def alarm_that_wakes(
    resources: Resources, policy: Resource, fact: MetricFact, dimensions: dict[str, Value]
) -> Resource | None:
    """Find the alarm on a metric that starts a policy; None when there is none."""
    for each in resources.of_type(ALARM):
        part, actions = each.part, each.part.look("AlarmActions")
        started = [resources.find(action, POLICY) for action in actions] if isinstance(actions, list) else []
        if (
            policy in started
            and (part.look("Namespace"), part.look("MetricName")) == (fact.namespace, fact.name)
            and dimensions_in(part.look("Dimensions")) == dimensions
        ):
            return each
    return None


def read_wake_alarm(alarm: Resource, fact: MetricFact) -> None:
    """Take an alarm as read, and note what a fleet's would have otherwise."""
    alarm.is_read = True
    part = alarm.part
    part.leave("AlarmActions", "AlarmDescription", "Dimensions", "MetricName", "Namespace")
    part.only("ComparisonOperator", AT_LEAST)
    part.only("DatapointsToAlarm", None, 1)
    part.only("EvaluationPeriods", 1)
    part.only("Period", MINUTE)
    part.only("Statistic", fact.statistic)
    part.only("Threshold", 1)
    part.only("TreatMissingData", None, "missing")


def _read_steps(policy: Resource, aggregation: str) -> Said[Any] | None:
    steps: Part | None = policy_part(policy).part("StepScalingPolicyConfiguration")
    if steps is None:
        return None
    steps.only("AdjustmentType", "ChangeInCapacity")
    steps.only("MetricAggregationType", None, aggregation)
    for step in steps.parts("StepAdjustments"):
        step.only("MetricIntervalLowerBound", 0)
        step.only("ScalingAdjustment", 1)
    return steps.seconds("Cooldown")
