"""Plays rounds of alarms to a scalable target."""

from __future__ import annotations

from pilotlight.hosting.alarm import Alarm, Comparison
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.scalable_target import (
    ActivityEnded,
    AlarmsFired,
    FiredAlarm,
    ScalableTarget,
    ScalingPolicy,
    step,
)
from pilotlight.hosting.step_scaling import AdjustmentType, StepAdjustment, StepScaling
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms

CHANGE = AdjustmentType.CHANGE_IN_CAPACITY
WAKE_ALARM = Alarm(MINUTE, 1, 1.0, Comparison.GREATER_THAN_OR_EQUAL)
DRAIN_ALARM = Alarm(MINUTE, 1, 1.0, Comparison.LESS_THAN)
WAKE = StepScaling("wake", CHANGE, (StepAdjustment(1, lower_bound=0),))
BACKLOG = TargetTracking("backlog", 5.0)


def target_with(*policies: ScalingPolicy, low: int = 0, high: int = 10) -> ScalableTarget:
    """Begin with these policies, no activity and no cool-down."""
    return ScalableTarget(low, high, policies)


def above_target(policy: TargetTracking, metric: float) -> FiredAlarm:
    """Fire the high alarm of a policy."""
    return FiredAlarm(policy.name, managed_alarms(policy).high, (metric,) * 5)


def below_target(policy: TargetTracking, metric: float) -> FiredAlarm:
    """Fire the low alarm of a policy."""
    return FiredAlarm(policy.name, managed_alarms(policy).low, (metric,) * 17)


def step_alarm(policy: StepScaling, alarm: Alarm, metric: float) -> FiredAlarm:
    """Fire the alarm of a step policy."""
    return FiredAlarm(policy.name, alarm, (metric,))


def one_round(
    state: ScalableTarget, capacity: int, now: Micros, *alarms: FiredAlarm, done: bool = True
) -> tuple[ScalableTarget, int]:
    """One round of alarms; the change it makes, if any, is complete at once."""
    state, effects = step(state, AlarmsFired(alarms, capacity), now)
    for effect in effects:
        assert capacity == effect.previous
        capacity = effect.capacity
        if done:
            state, more = step(state, ActivityEnded(), now)
            assert () == more
    return state, capacity
