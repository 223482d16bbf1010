"""Scaling on GPU memory follows what is loaded, not load: where that flaps, and that our default does not.

AWS says that target tracking scales in "more gradually" than out, and gives no rule. With the proportional
formula (assumed) memory alone is stable, as the formula asks for what memory needs; when instances go one by
one, or when another policy takes them away, it flaps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from pilotlight.hosting.alarm import Alarm, AlarmState, evaluate, evaluation_range
from pilotlight.hosting.micros import MINUTE
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

DAY = 24 * 60
"""In minutes."""


def gpu_memory(instances: int) -> float:
    """Two instances at 82 % hold every model; a further one is empty, as nobody moves models."""
    return 2 * 82.0 / instances


def few_requests(instances: int) -> float:
    """300 requests a minute, shared."""
    return 300.0 / instances


@dataclass(frozen=True)
class Followed:
    """A policy, the alarms that run it, and the metric they watch, by the number of instances."""

    policy: ScalingPolicy
    alarms: tuple[Alarm, ...]
    metric: Callable[[int], float]


def tracked(policy: TargetTracking, metric: Callable[[int], float]) -> Followed:
    """A target tracking policy with the alarms that belong to it."""
    alarms = managed_alarms(policy)
    return Followed(policy, (alarms.high, alarms.low), metric)


MEMORY = TargetTracking("memory", 80.0)
MEMORY_OUT = replace(MEMORY, disable_scale_in=True)
REQUESTS = TargetTracking("requests", 225.0)
REQUESTS_OUT = replace(REQUESTS, disable_scale_in=True)
ONE_BY_ONE = Followed(
    StepScaling("gradual", AdjustmentType.CHANGE_IN_CAPACITY, (StepAdjustment(-1, upper_bound=0),)),
    (managed_alarms(MEMORY).low,),
    gpu_memory,
)
"""The other reading of "more gradually": one instance goes whenever memory is well below the target."""


def capacities(*followed: Followed) -> list[int]:
    """What the capacity of a day changes to, beginning with two instances, at most ten."""
    state = ScalableTarget(1, 10, tuple(each.policy for each in followed))
    seen: list[list[float]] = [[] for _ in followed]
    capacity, history = 2, []
    for minute in range(DAY):
        fired: list[FiredAlarm] = []
        for each, points in zip(followed, seen, strict=True):
            points.append(each.metric(capacity))
            fired += firing(each, points)
        state, effects = step(state, AlarmsFired(tuple(fired), capacity), minute * MINUTE)
        for effect in effects:
            capacity = effect.capacity
            history.append(capacity)
            state, _ = step(state, ActivityEnded(), minute * MINUTE)
    return history


def firing(followed: Followed, seen: list[float]) -> list[FiredAlarm]:
    """The alarms of a policy that are in ALARM."""
    found = []
    for alarm in followed.alarms:
        points = tuple(seen[-evaluation_range(alarm) :])
        is_known = len(points) >= alarm.evaluation_periods
        if is_known and evaluate(alarm, points, AlarmState.OK) is AlarmState.ALARM:
            found.append(FiredAlarm(followed.policy.name, alarm, points))
    return found


def test_memory_alone_asks_for_what_it_needs() -> None:
    """By the proportional formula: 3 * 54.7 / 80 are still 3 instances."""
    assert [3] == capacities(tracked(MEMORY, gpu_memory))


def test_plain_tracking_flaps_when_instances_go_one_by_one() -> None:
    """At 82 % one is added, at 55 % on average it is taken away, and so on all day."""
    history = capacities(tracked(MEMORY_OUT, gpu_memory), ONE_BY_ONE)

    assert {(3, 2), (2, 3)} == {*pairwise(history)}
    assert len(history) > 40


def test_memory_that_only_adds_flaps_beside_a_policy_that_takes_away() -> None:
    """Requests need two instances, memory three, and memory has no say about scaling in."""
    history = capacities(tracked(MEMORY_OUT, gpu_memory), tracked(REQUESTS, few_requests))

    assert {(3, 2), (2, 3)} == {*pairwise(history)}
    assert len(history) > 40


def test_our_default_settles() -> None:
    """Neither policy takes instances away: one more than before, which stays, whatever AWS's rule is."""
    assert [3] == capacities(tracked(MEMORY_OUT, gpu_memory), tracked(REQUESTS_OUT, few_requests))
