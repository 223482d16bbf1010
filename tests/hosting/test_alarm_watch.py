"""The life of an alarm: what acts once, what repeats."""

from __future__ import annotations

from dataclasses import replace

from pilotlight.hosting.alarm import Alarm, AlarmState, Comparison
from pilotlight.hosting.alarm_watch import AlarmWatch, Evaluation, ScalingActionDue, StateChanged, step
from pilotlight.hosting.micros import MINUTE, SECOND

HAS_BACKLOG = AlarmWatch(Alarm(MINUTE, 1, 1.0, Comparison.GREATER_THAN_OR_EQUAL))
YES, NO, NOTHING = Evaluation((0.0, 0.0, 1.0)), Evaluation((0.0, 0.0, 0.0)), Evaluation((None, None, None))


def test_a_new_alarm_has_insufficient_data() -> None:
    """An alarm that sees nothing stays where it starts, and does nothing."""
    state, effects = step(HAS_BACKLOG, NOTHING, MINUTE)

    assert AlarmState.INSUFFICIENT_DATA is state.state
    assert () == effects


def test_a_breach_changes_the_state_and_acts() -> None:
    """At the transition both kinds of action run."""
    state, effects = step(HAS_BACKLOG, YES, 5 * MINUTE)

    assert (
        StateChanged(AlarmState.INSUFFICIENT_DATA, AlarmState.ALARM),
        ScalingActionDue((0.0, 0.0, 1.0)),
    ) == effects
    assert 5 * MINUTE == state.since


def test_scaling_actions_repeat_every_minute_and_transitions_do_not() -> None:
    """CloudWatch User Guide: "the alarm continues to invoke the action once per minute"."""
    state, _ = step(HAS_BACKLOG, YES, 1 * MINUTE)
    state, second = step(state, YES, 2 * MINUTE)
    state, third = step(state, YES, 3 * MINUTE)

    assert (ScalingActionDue(YES.datapoints),) == second == third
    assert 1 * MINUTE == state.since


def test_a_high_resolution_alarm_repeats_once_a_minute_too() -> None:
    """Evaluated every 10 seconds, it still invokes the action once per minute."""
    state = replace(HAS_BACKLOG, alarm=replace(HAS_BACKLOG.alarm, period=10 * SECOND))
    due = []
    for moment in range(0, 130, 10):
        state, effects = step(state, YES, moment * SECOND)
        due += [moment for effect in effects if isinstance(effect, ScalingActionDue)]

    assert [0, 60, 120] == due


def test_an_evaluation_that_comes_early_still_repeats_the_action() -> None:
    """A real clock is never exact: 59.9 seconds later is a minute later."""
    state, _ = step(HAS_BACKLOG, YES, 60 * SECOND)
    _, effects = step(state, YES, 119 * SECOND + 900_000)

    assert (ScalingActionDue(YES.datapoints),) == effects


def test_the_end_of_the_alarm_changes_the_state_and_a_new_one_acts_at_once() -> None:
    """The minute of the repetition does not run on through OK."""
    state, _ = step(HAS_BACKLOG, YES, 60 * SECOND)
    state, ended = step(state, NO, 70 * SECOND)
    _, again = step(state, YES, 80 * SECOND)

    assert (StateChanged(AlarmState.ALARM, AlarmState.OK),) == ended
    assert (StateChanged(AlarmState.OK, AlarmState.ALARM), ScalingActionDue(YES.datapoints)) == again
