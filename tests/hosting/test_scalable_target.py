"""What Application Auto Scaling decides, and when it waits."""

from __future__ import annotations

import pytest

from pilotlight.hosting.scalable_target import (
    AlarmsFired,
    FiredAlarm,
    PolicyDeleted,
    PolicyPut,
    Registered,
    SetCapacity,
    step,
)
from pilotlight.hosting.step_scaling import StepAdjustment, StepScaling
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms
from tests.hosting.target_play import (
    BACKLOG,
    CHANGE,
    DRAIN_ALARM,
    WAKE,
    WAKE_ALARM,
    above_target,
    below_target,
    one_round,
    step_alarm,
    target_with,
)


def test_the_wake_policy_adds_the_first_instance() -> None:
    """One request at zero instances: +1, asked for by the policy's name."""
    _, effects = step(target_with(WAKE), AlarmsFired((step_alarm(WAKE, WAKE_ALARM, 1.0),), 0), 0)

    assert (SetCapacity(1, 0, "wake"),) == effects


@pytest.mark.parametrize("order", [1, -1])
def test_the_largest_capacity_wins_out_and_in(order: int) -> None:
    """Application Auto Scaling User Guide, several policies, whatever their order."""
    more = StepScaling("more", CHANGE, (StepAdjustment(3, 0),))
    less = StepScaling("less", CHANGE, (StepAdjustment(-3, upper_bound=0),))
    least = StepScaling("least", CHANGE, (StepAdjustment(-1, upper_bound=0),))
    out = (step_alarm(WAKE, WAKE_ALARM, 2.0), step_alarm(more, WAKE_ALARM, 2.0))[::order]
    into = (step_alarm(less, DRAIN_ALARM, 0.0), step_alarm(least, DRAIN_ALARM, 0.0))[::order]
    both = (step_alarm(WAKE, WAKE_ALARM, 2.0), step_alarm(less, DRAIN_ALARM, 0.0))[::order]

    assert 8 == one_round(target_with(WAKE, more), 5, 0, *out)[1]
    assert 4 == one_round(target_with(less, least), 5, 0, *into)[1]
    assert 6 == one_round(target_with(WAKE, less), 5, 0, *both)[1]


def test_target_tracking_scales_out_if_any_and_in_only_if_all() -> None:
    """Application Auto Scaling User Guide, two target tracking policies."""
    other = TargetTracking("other", 70.0)
    state = target_with(BACKLOG, other)

    assert 4 == one_round(state, 2, 0, above_target(BACKLOG, 10.0), below_target(other, 0.0))[1]
    assert 2 == one_round(state, 2, 0, below_target(BACKLOG, 0.0))[1]
    assert 1 == one_round(state, 2, 0, below_target(BACKLOG, 0.0), below_target(other, 35.0))[1]


def test_a_policy_with_scale_in_disabled_neither_scales_in_nor_blocks() -> None:
    """ "All of the target tracking policies (with the scale-in portion enabled)"."""
    only_out = TargetTracking("only-out", 70.0, disable_scale_in=True)

    assert 2 == one_round(target_with(only_out), 2, 0, below_target(only_out, 0.0))[1]
    assert 0 == one_round(target_with(BACKLOG, only_out), 2, 0, below_target(BACKLOG, 0.0))[1]


def test_a_step_policys_scale_in_is_not_blocked_by_target_tracking() -> None:
    """ "If the step scaling policy initiates a scale-in activity before ... [it] will not be blocked"."""
    less = StepScaling("less", CHANGE, (StepAdjustment(-1, upper_bound=0),))

    assert 1 == one_round(target_with(BACKLOG, less), 2, 0, step_alarm(less, DRAIN_ALARM, 0.0))[1]


def test_missing_data_changes_nothing() -> None:
    """An alarm that fired on data that is gone gives no wish."""
    fired = FiredAlarm("backlog", managed_alarms(BACKLOG).low, (None,) * 17)

    assert 2 == one_round(target_with(BACKLOG), 2, 0, fired)[1]


def test_policies_stay_inside_the_bounds() -> None:
    """50 requests at a target of 5 want 10 instances and get 3; an idle endpoint keeps its minimum of 1."""
    state = target_with(BACKLOG, low=1, high=3)

    assert 3 == one_round(state, 1, 0, above_target(BACKLOG, 50.0))[1]
    assert 1 == one_round(state, 3, 0, below_target(BACKLOG, 0.0))[1]


def test_what_is_there_already_is_not_asked_for() -> None:
    """At the minimum an idle alarm, and at the maximum a busy one, change nothing."""
    state = target_with(BACKLOG, low=1, high=3)

    assert (state, ()) == step(state, AlarmsFired((below_target(BACKLOG, 0.0),), 1), 0)
    assert (state, ()) == step(state, AlarmsFired((above_target(BACKLOG, 50.0),), 3), 0)


def test_registering_brings_the_capacity_inside_the_bounds() -> None:
    """botocore, RegisterScalableTarget: "adjusts the capacity ... to place it within these bounds"."""
    state, effects = step(target_with(low=0, high=4), Registered(capacity=4, max_capacity=2), 0)

    assert (SetCapacity(2, 4, None),) == effects
    assert (0, 2) == (state.min_capacity, state.max_capacity)


def test_a_policy_can_be_put_replaced_and_deleted() -> None:
    """Policies are known by their names."""
    state, _ = step(target_with(), PolicyPut(BACKLOG), 0)
    state, _ = step(state, PolicyPut(TargetTracking("backlog", 50.0)), 0)
    assert 1 == one_round(state, 1, 0, above_target(BACKLOG, 10.0))[1]

    state, _ = step(state, PolicyDeleted("backlog"), 0)
    assert () == state.policies
    assert 1 == one_round(state, 1, 0, above_target(BACKLOG, 100.0))[1]


def test_fails_when_a_policy_to_delete_is_not_there() -> None:
    """The message names the policies there are."""
    with pytest.raises(LookupError, match=r"scaling policy, got 'wake', allowed \['backlog'\]"):
        step(target_with(BACKLOG), PolicyDeleted("wake"), 0)


@pytest.mark.parametrize(("low", "high"), [(3, 2), (-1, 2)])
def test_fails_when_the_bounds_do_not_fit(low: int, high: int) -> None:
    """A minimum above the maximum leaves no capacity."""
    with pytest.raises(ValueError, match=rf"capacity bounds, got {low} to {high}"):
        target_with(low=low, high=high)
