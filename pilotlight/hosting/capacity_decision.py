"""What each scaling policy wants when alarms have fired, and which of these wishes count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pilotlight.hosting.alarm import Alarm
from pilotlight.hosting.step_scaling import StepScaling, aggregated, stepped_capacity
from pilotlight.hosting.target_tracking import TargetTracking, tracked_capacity

ScalingPolicy: TypeAlias = TargetTracking | StepScaling


@dataclass(frozen=True, slots=True)
class FiredAlarm:
    """One alarm of one policy that is in ALARM, with the datapoints of its evaluation range, oldest first."""

    policy: str
    alarm: Alarm
    datapoints: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """The capacity one policy wants now."""

    policy: ScalingPolicy
    capacity: int


def wishes(
    policies: Sequence[ScalingPolicy], alarms: Sequence[FiredAlarm], *, capacity: int, baseline: int
) -> tuple[Wish, ...]:
    """Collect what the policies want; the largest wish decides, both out and in.

    capacity: the desired count now; scale-ins are reckoned from it. baseline: what scale-outs are reckoned
      from.
    """
    named = {policy.name: policy for policy in policies}
    fired = [(named[one.policy], one) for one in alarms if one.policy in named]
    ready = {one.policy for one in alarms if not one.alarm.comparison.above}
    blocked = any(_scales_in(policy) and policy.name not in ready for policy in policies)
    found = (_wish(policy, one, capacity, baseline) for policy, one in fired)
    return tuple(
        wish for wish in found if wish is not None and not (blocked and _is_tracked_scale_in(wish, capacity))
    )


def _scales_in(policy: ScalingPolicy) -> bool:
    return isinstance(policy, TargetTracking) and not policy.disable_scale_in


def _is_tracked_scale_in(wish: Wish, capacity: int) -> bool:
    """Target tracking scales in only if all target tracking policies (that may) are ready to."""
    return isinstance(wish.policy, TargetTracking) and wish.capacity < capacity


def _wish(policy: ScalingPolicy, fired: FiredAlarm, capacity: int, baseline: int) -> Wish | None:
    wanted = (
        _tracked(policy, fired, capacity, baseline)
        if isinstance(policy, TargetTracking)
        else _stepped(policy, fired, capacity, baseline)
    )
    return None if wanted is None else Wish(policy, wanted)


def _tracked(policy: TargetTracking, fired: FiredAlarm, capacity: int, baseline: int) -> int | None:
    newest = next((value for value in reversed(fired.datapoints) if value is not None), None)
    if newest is None:
        return None
    if fired.alarm.comparison.above:
        return max(capacity, tracked_capacity(policy, fired.alarm, newest, baseline))
    return None if policy.disable_scale_in else tracked_capacity(policy, fired.alarm, newest, capacity)


def _stepped(policy: StepScaling, fired: FiredAlarm, capacity: int, baseline: int) -> int | None:
    metric = aggregated(policy, fired.alarm, fired.datapoints)
    if metric is None:
        return None
    wanted = stepped_capacity(policy, fired.alarm, metric, capacity)
    if wanted is None or wanted <= capacity:
        return wanted
    from_baseline = stepped_capacity(policy, fired.alarm, metric, baseline)
    return capacity if from_baseline is None else max(capacity, from_baseline)
