"""The life of one alarm: state changes act once, Auto Scaling actions repeat while the alarm is in ALARM."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from pilotlight.hosting.alarm import Alarm, AlarmState, evaluate, evaluation_interval
from pilotlight.hosting.micros import MINUTE, Micros

REPEAT_INTERVAL: Micros = MINUTE
"""How often an Auto Scaling action is invoked again while its alarm stays in ALARM."""


@dataclass(frozen=True, slots=True)
class AlarmWatch:
    """An alarm and where it stands. A new alarm starts in INSUFFICIENT_DATA.

    since: when it came into its state. acted: when its scaling action was last due in this ALARM; None: not
      yet.
    """

    alarm: Alarm
    state: AlarmState = AlarmState.INSUFFICIENT_DATA
    since: Micros = 0
    acted: Micros | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Event: the alarm is evaluated on the datapoints of its evaluation range, oldest first.

    The driver sends one every `evaluation_interval(alarm)`, with
    `datapoints(series, period=alarm.period, count=evaluation_range(alarm), statistic=alarm.statistic,
    now=now)`.
    """

    datapoints: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Effect: the alarm went from one state to another: run its transition actions (such as SNS) once."""

    previous: AlarmState
    state: AlarmState


@dataclass(frozen=True, slots=True)
class ScalingActionDue:
    """Effect: the alarm is in ALARM: run its Auto Scaling actions, at the transition and every minute."""

    datapoints: tuple[float | None, ...]


AlarmEffect: TypeAlias = StateChanged | ScalingActionDue


def step(state: AlarmWatch, event: Evaluation, now: Micros) -> tuple[AlarmWatch, tuple[AlarmEffect, ...]]:
    """Evaluate once and say what has to be done."""
    effects: list[AlarmEffect] = []
    verdict = evaluate(state.alarm, event.datapoints, state.state)
    if verdict is not state.state:
        effects.append(StateChanged(state.state, verdict))
        state = replace(state, state=verdict, since=now, acted=None)
    if verdict is AlarmState.ALARM and _is_due(state, now):
        effects.append(ScalingActionDue(event.datapoints))
        state = replace(state, acted=now)
    return state, tuple(effects)


def _is_due(state: AlarmWatch, now: Micros) -> bool:
    # A driver on a real clock evaluates a little early or late: half an interval counts as on time.
    slack = evaluation_interval(state.alarm) // 2
    return state.acted is None or now - state.acted >= REPEAT_INTERVAL - slack
