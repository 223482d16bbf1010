"""Application Auto Scaling's scalable target: several policies, cool-downs, one decision within [min, max].

One activity runs at a time: after `SetCapacity` the driver reports `ActivityEnded`, and only then does the
cool-down start; until then nothing else is decided. The decision itself is in `capacity_decision`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from pilotlight.hosting.capacity_decision import FiredAlarm, ScalingPolicy, Wish, wishes
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.scaling_events import (
    ActivityEnded,
    AlarmsFired,
    PolicyDeleted,
    PolicyPut,
    Registered,
    ScheduleDue,
    SetCapacity,
    TargetEvent,
)
from pilotlight.hosting.step_scaling import StepScaling

__all__ = [
    "ActivityEnded",
    "AlarmsFired",
    "FiredAlarm",
    "PolicyDeleted",
    "PolicyPut",
    "Registered",
    "ScalableTarget",
    "ScalingPolicy",
    "ScheduleDue",
    "SetCapacity",
    "TargetEvent",
    "step",
]


@dataclass(frozen=True, slots=True)
class ScaleOutCooldown:
    """The time after a scale-out in which only a larger one proceeds. baseline: the capacity before it."""

    until: Micros
    baseline: int


@dataclass(frozen=True, slots=True)
class Activity:
    """A change of capacity under way. baseline: a larger one is reckoned from it. cooldown: what follows."""

    effect: SetCapacity
    baseline: int
    cooldown: Micros


@dataclass(frozen=True, slots=True)
class ScalableTarget:
    """The state of a scalable target: its bounds, its policies, what it did last.

    overlapping_activities: whether a new decision may be taken while an activity is under way. Default: no,
      as SageMaker refuses to change an endpoint that is Updating.
    Raises ValueError when the minimum is negative or above the maximum.
    """

    min_capacity: int
    max_capacity: int
    policies: tuple[ScalingPolicy, ...] = ()
    overlapping_activities: bool = False
    activity: Activity | None = None
    scale_out_cooldown: ScaleOutCooldown | None = None
    scale_in_cooldown_until: Micros | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.min_capacity <= self.max_capacity:
            allowed = "allowed 0 or more, minimum not above maximum"
            raise ValueError(f"capacity bounds, got {self.min_capacity} to {self.max_capacity}, {allowed}")

    def clamped(self, capacity: int) -> int:
        """Bring a capacity inside the bounds."""
        return min(max(capacity, self.min_capacity), self.max_capacity)


Transition: TypeAlias = tuple[ScalableTarget, tuple[SetCapacity, ...]]


def step(state: ScalableTarget, event: TargetEvent, now: Micros) -> Transition:
    """Decide about the capacity."""
    match event:
        case Registered() | ScheduleDue():
            return _bound(state, event)
        case PolicyPut(policy):
            return replace(state, policies=(*_others(state, policy.name), policy)), ()
        case PolicyDeleted(name):
            return _delete_policy(state, name), ()
        case AlarmsFired():
            return _decide(state, event, now)
        case ActivityEnded(successful):
            return _end_activity(state, now, successful=successful)
        case _ as never:
            assert_never(never)


def _bound(state: ScalableTarget, event: Registered | ScheduleDue) -> Transition:
    state = replace(
        state,
        min_capacity=state.min_capacity if event.min_capacity is None else event.min_capacity,
        max_capacity=state.max_capacity if event.max_capacity is None else event.max_capacity,
    )
    return _into_bounds(state, event.capacity)


def _into_bounds(state: ScalableTarget, capacity: int) -> Transition:
    clamped = state.clamped(capacity)
    if clamped == capacity or _is_busy(state):
        return state, ()
    effect = SetCapacity(clamped, capacity, policy=None)
    return replace(state, activity=Activity(effect, baseline=capacity, cooldown=0)), (effect,)


def _others(state: ScalableTarget, name: str) -> tuple[ScalingPolicy, ...]:
    return tuple(one for one in state.policies if one.name != name)


def _delete_policy(state: ScalableTarget, name: str) -> ScalableTarget:
    others = _others(state, name)
    if len(others) == len(state.policies):
        raise LookupError(f"scaling policy, got {name!r}, allowed {[one.name for one in state.policies]}")
    return replace(state, policies=others)


def _is_busy(state: ScalableTarget) -> bool:
    return state.activity is not None and not state.overlapping_activities


def _decide(state: ScalableTarget, event: AlarmsFired, now: Micros) -> Transition:
    baseline = _baseline(state, event.capacity, now)
    found = wishes(state.policies, event.alarms, capacity=event.capacity, baseline=baseline)
    if not found or _is_busy(state):
        return state, ()
    largest = max(found, key=lambda wish: wish.capacity)
    wanted = state.clamped(largest.capacity)
    if largest.capacity > event.capacity and wanted > event.capacity:
        return _begin(state, largest, wanted, event.capacity, baseline)
    if largest.capacity < event.capacity and wanted < event.capacity and not _is_cooling_in(state, now):
        return _begin(state, largest, wanted, event.capacity, baseline)
    return state, ()


def _baseline(state: ScalableTarget, capacity: int, now: Micros) -> int:
    """What a scale-out is reckoned from: in a scale-out cool-down, the capacity before what started it."""
    cooling = state.scale_out_cooldown
    return capacity if cooling is None or now >= cooling.until else min(capacity, cooling.baseline)


def _is_cooling_in(state: ScalableTarget, now: Micros) -> bool:
    return state.scale_in_cooldown_until is not None and now < state.scale_in_cooldown_until


def _begin(state: ScalableTarget, wish: Wish, wanted: int, capacity: int, baseline: int) -> Transition:
    effect = SetCapacity(wanted, capacity, wish.policy.name)
    activity = Activity(effect, baseline, _cooldown(wish.policy, out=wanted > capacity))
    if wanted > capacity:  # a scale-out ends the scale-in cool-down
        return replace(state, activity=activity, scale_in_cooldown_until=None), (effect,)
    return replace(state, activity=activity, scale_out_cooldown=None), (effect,)


def _cooldown(policy: ScalingPolicy, *, out: bool) -> Micros:
    if isinstance(policy, StepScaling):
        return policy.cooldown
    return policy.scale_out_cooldown if out else policy.scale_in_cooldown


def _end_activity(state: ScalableTarget, now: Micros, *, successful: bool) -> Transition:
    activity, state = state.activity, replace(state, activity=None)
    if activity is None or not successful:
        return state, ()
    until, effect = now + activity.cooldown, activity.effect
    if effect.policy is not None and effect.capacity > effect.previous:
        state = replace(state, scale_out_cooldown=ScaleOutCooldown(until, activity.baseline))
    elif effect.policy is not None:
        state = replace(state, scale_in_cooldown_until=until)
    # The bounds may have moved while the activity was under way.
    return _into_bounds(state, effect.capacity)
