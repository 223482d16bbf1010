"""What holds for a scalable target whatever its alarms do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.alarm import Alarm, Comparison
from pilotlight.hosting.micros import MINUTE
from pilotlight.hosting.scalable_target import (
    ActivityEnded,
    AlarmsFired,
    FiredAlarm,
    Registered,
    ScalableTarget,
    ScalingPolicy,
    SetCapacity,
    TargetEvent,
    step,
)
from pilotlight.hosting.step_scaling import AdjustmentType, StepAdjustment, StepScaling
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms

WAKE = StepScaling("wake", AdjustmentType.CHANGE_IN_CAPACITY, (StepAdjustment(1, lower_bound=0),))
PERCENT = StepScaling("percent", AdjustmentType.PERCENT_CHANGE_IN_CAPACITY, (StepAdjustment(-30, None, 0),))
BACKLOG = TargetTracking("backlog", 5.0)
OTHER = TargetTracking("other", 70.0)
ALARMS: dict[str, tuple[ScalingPolicy, Alarm, float]] = {
    "wake": (WAKE, Alarm(MINUTE, 1, 1.0, Comparison.GREATER_THAN_OR_EQUAL), 1.0),
    "percent": (PERCENT, Alarm(MINUTE, 1, 1.0, Comparison.LESS_THAN), 0.0),
    "high": (BACKLOG, managed_alarms(BACKLOG).high, 12.0),
    "low": (BACKLOG, managed_alarms(BACKLOG).low, 0.0),
    "other high": (OTHER, managed_alarms(OTHER).high, 200.0),
    "other low": (OTHER, managed_alarms(OTHER).low, 20.0),
}
BOUNDS = st.tuples(st.integers(0, 5), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
ROUNDS = st.lists(
    st.one_of(
        st.sets(st.sampled_from(sorted(ALARMS)), min_size=1),
        st.booleans().map(ActivityEnded),
        BOUNDS,
    ),
    max_size=40,
)


def _event(drawn: object, capacity: int) -> TargetEvent:
    if isinstance(drawn, ActivityEnded):
        return drawn
    if isinstance(drawn, tuple):
        return Registered(capacity, *drawn)
    assert isinstance(drawn, set)
    alarms = (ALARMS[name] for name in sorted(drawn))
    return AlarmsFired(
        tuple(FiredAlarm(policy.name, alarm, (metric,)) for policy, alarm, metric in alarms), capacity
    )


def _run(
    rounds: list[object], bounds: tuple[int, int]
) -> list[tuple[ScalableTarget, tuple[SetCapacity, ...]]]:
    state, capacity, seen = ScalableTarget(*bounds, policies=(WAKE, PERCENT, BACKLOG, OTHER)), bounds[0], []
    for number, drawn in enumerate(rounds):
        state, effects = step(state, _event(drawn, capacity), number * MINUTE)
        seen.append((state, effects))
        for effect in effects:
            assert capacity == effect.previous
            capacity = effect.capacity
    return seen


@given(rounds=ROUNDS, bounds=BOUNDS)
def test_every_capacity_asked_for_is_inside_the_bounds(rounds: list[object], bounds: tuple[int, int]) -> None:
    """Whatever fires, and however the bounds move, no decision leaves them or asks for what is there."""
    for state, effects in _run(rounds, bounds):
        for effect in effects:
            assert state.min_capacity <= effect.capacity <= state.max_capacity
            assert effect.capacity != effect.previous


@given(rounds=ROUNDS, bounds=BOUNDS)
def test_one_activity_at_a_time(rounds: list[object], bounds: tuple[int, int]) -> None:
    """A new change is asked for only after the end of the last one was reported."""
    busy = False
    for drawn, (_, effects) in zip(rounds, _run(rounds, bounds), strict=True):
        busy = busy and not isinstance(drawn, ActivityEnded)
        assert len(effects) <= (0 if busy else 1)
        busy = busy or len(effects) == 1


@given(rounds=ROUNDS, bounds=BOUNDS)
def test_the_same_events_decide_the_same(rounds: list[object], bounds: tuple[int, int]) -> None:
    """Nothing but the events and the time counts."""
    assert _run(rounds, bounds) == _run(rounds, bounds)
