"""When Application Auto Scaling waits, and from when on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilotlight.hosting.micros import MINUTE, SECOND
from pilotlight.hosting.scalable_target import (
    ActivityEnded,
    AlarmsFired,
    Registered,
    ScalableTarget,
    ScaleOutCooldown,
    ScheduleDue,
    SetCapacity,
    step,
)
from pilotlight.hosting.step_scaling import StepAdjustment, StepScaling
from tests.hosting.target_play import (
    BACKLOG,
    CHANGE,
    WAKE,
    WAKE_ALARM,
    above_target,
    below_target,
    one_round,
    step_alarm,
    target_with,
)


def test_awss_example_of_a_larger_scale_out_in_the_cool_down() -> None:
    """Application Auto Scaling User Guide: +2, then +3 in the cool-down: "only 1 is added"."""
    policy = StepScaling("steps", CHANGE, (StepAdjustment(2, 0, 10), StepAdjustment(3, 10)))
    state, four = one_round(target_with(policy), 4, 0, step_alarm(policy, WAKE_ALARM, 5.0))
    state, same = one_round(state, four, 60 * SECOND, step_alarm(policy, WAKE_ALARM, 5.0))
    state, larger = one_round(state, same, 120 * SECOND, step_alarm(policy, WAKE_ALARM, 11.0))
    state, again = one_round(state, larger, 180 * SECOND, step_alarm(policy, WAKE_ALARM, 11.0))

    assert (6, 6, 7, 7) == (four, same, larger, again)


def test_after_the_cool_down_the_next_step_counts_in_full() -> None:
    """300 seconds after the activity ended, +2 is +2 again; a microsecond earlier it is nothing."""
    policy = StepScaling("steps", CHANGE, (StepAdjustment(2, 0),))
    state, capacity = one_round(target_with(policy), 4, 0, step_alarm(policy, WAKE_ALARM, 5.0))

    assert 6 == one_round(state, capacity, 300 * SECOND - 1, step_alarm(policy, WAKE_ALARM, 5.0))[1]
    assert 8 == one_round(state, capacity, 300 * SECOND, step_alarm(policy, WAKE_ALARM, 5.0))[1]


def test_the_cool_down_starts_when_the_activity_has_succeeded() -> None:
    """Six minutes of launching do not use up the five of the cool-down."""
    policy = StepScaling("steps", CHANGE, (StepAdjustment(1, 0),))
    fired = step_alarm(policy, WAKE_ALARM, 1.0)
    state, capacity = one_round(target_with(policy), 0, 0, fired, done=False)
    state, _ = step(state, ActivityEnded(), 6 * MINUTE)

    assert 1 == one_round(state, capacity, 11 * MINUTE - 1, fired)[1]
    assert 2 == one_round(state, capacity, 11 * MINUTE, fired)[1]


def test_an_activity_that_fails_starts_no_cool_down() -> None:
    """When SageMaker refuses, the next round asks again."""
    state, _ = step(target_with(WAKE), AlarmsFired((step_alarm(WAKE, WAKE_ALARM, 1.0),), 0), 0)
    state, _ = step(state, ActivityEnded(successful=False), 1)

    assert 1 == one_round(state, 0, 2, step_alarm(WAKE, WAKE_ALARM, 1.0))[1]


def test_nothing_is_decided_while_an_activity_is_under_way() -> None:
    """While the first instance comes, neither a larger backlog nor an idle alarm changes the count."""
    state, capacity = one_round(
        target_with(WAKE, BACKLOG), 0, 0, step_alarm(WAKE, WAKE_ALARM, 1.0), done=False
    )

    assert 1 == one_round(state, capacity, MINUTE, above_target(BACKLOG, 50.0))[1]
    assert 1 == one_round(state, capacity, MINUTE, below_target(BACKLOG, 0.0))[1]


def test_overlapping_activities_are_a_switch() -> None:
    """The assumption can be turned off: then the larger backlog counts at once."""
    state = ScalableTarget(0, 10, (WAKE, BACKLOG), overlapping_activities=True)
    state, capacity = one_round(state, 0, 0, step_alarm(WAKE, WAKE_ALARM, 1.0), done=False)

    assert 10 == one_round(state, capacity, MINUTE, above_target(BACKLOG, 50.0), done=False)[1]


def test_a_scale_in_cool_down_blocks_scale_ins_alone() -> None:
    """A scale-out during it happens "immediately", and the cool-down "stops and doesn't complete"."""
    state, capacity = one_round(target_with(BACKLOG), 4, 0, below_target(BACKLOG, 2.5))
    state, blocked = one_round(state, capacity, MINUTE, below_target(BACKLOG, 0.0))
    state, out = one_round(state, blocked, 2 * MINUTE, above_target(BACKLOG, 10.0))
    state, into = one_round(state, out, 3 * MINUTE, below_target(BACKLOG, 0.0))

    assert (2, 2, 4, 0) == (capacity, blocked, out, into)


def test_a_scale_in_cool_down_ends_after_its_time() -> None:
    """The default is 300 seconds."""
    state, capacity = one_round(target_with(BACKLOG), 4, 0, below_target(BACKLOG, 2.5))

    assert 2 == one_round(state, capacity, 300 * SECOND - 1, below_target(BACKLOG, 0.0))[1]
    assert 0 == one_round(state, capacity, 300 * SECOND, below_target(BACKLOG, 0.0))[1]


def test_a_scale_in_ends_the_scale_out_cool_down() -> None:
    """Waking, sleeping and waking again within the wake cool-down works."""
    wake = StepScaling("wake", CHANGE, (StepAdjustment(1, 0),))
    state, awake = one_round(target_with(wake, BACKLOG), 1, 0, step_alarm(wake, WAKE_ALARM, 1.0))
    state, asleep = one_round(state, awake, MINUTE, below_target(BACKLOG, 0.0))
    state, again = one_round(state, asleep, 2 * MINUTE, step_alarm(wake, WAKE_ALARM, 1.0))

    assert (2, 0, 1) == (awake, asleep, again)


def test_registering_ignores_cool_downs_and_starts_none() -> None:
    """Cool-downs apply "only to scaling policy-related scaling activities"."""
    state, capacity = one_round(target_with(BACKLOG), 4, 0, below_target(BACKLOG, 2.5))
    state, effects = step(state, Registered(capacity, max_capacity=1), MINUTE)
    assert (SetCapacity(1, 2, None),) == effects

    state, _ = step(state, ActivityEnded(), MINUTE)
    state, _ = step(state, Registered(1, max_capacity=10), MINUTE)
    assert 2 == one_round(state, 1, MINUTE, above_target(BACKLOG, 10.0))[1]


def test_bounds_that_moved_during_an_activity_count_after_it() -> None:
    """A maximum lowered while instances are launching takes effect when they are there."""
    state, capacity = one_round(target_with(BACKLOG), 1, 0, above_target(BACKLOG, 20.0), done=False)
    state, during = step(state, Registered(capacity, max_capacity=2), MINUTE)
    state, after = step(state, ActivityEnded(), 6 * MINUTE)

    assert () == during
    assert (SetCapacity(2, 4, None),) == after


def test_a_schedule_waits_for_no_cooldown_and_starts_none() -> None:
    """In both cool-downs a scheduled action moves the capacity at once; both stay as they were."""
    state = replace(
        target_with(BACKLOG),
        scale_out_cooldown=ScaleOutCooldown(MINUTE, 2),
        scale_in_cooldown_until=MINUTE,
    )

    state, (out,) = step(state, ScheduleDue(2, min_capacity=4), 0)
    state, _ = step(state, ActivityEnded(), 0)
    state, (into,) = step(state, ScheduleDue(4, min_capacity=1, max_capacity=3), 0)
    state, _ = step(state, ActivityEnded(), 0)

    assert (4, 3) == (out.capacity, into.capacity)
    assert (1, 3) == (state.min_capacity, state.max_capacity)
    assert MINUTE == state.scale_in_cooldown_until


def test_a_schedule_leaves_a_capacity_inside_its_bounds() -> None:
    """It sets bounds, not a capacity."""
    state, effects = step(target_with(low=1, high=10), ScheduleDue(5, min_capacity=2, max_capacity=8), 0)

    assert ((2, 8), ()) == ((state.min_capacity, state.max_capacity), effects)


def test_fails_when_a_schedule_leaves_no_room() -> None:
    """Only one bound is given, on the wrong side of the other."""
    with pytest.raises(ValueError, match="capacity bounds, got 20 to 10"):
        step(target_with(low=1, high=10), ScheduleDue(5, min_capacity=20), 0)
