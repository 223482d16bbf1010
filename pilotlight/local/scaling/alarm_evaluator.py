"""Evaluates every alarm of a region when it is due, by the rules of `pilotlight.hosting`."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilotlight.hosting.alarm import AlarmState, evaluation_interval, evaluation_range
from pilotlight.hosting.alarm_watch import AlarmWatch, Evaluation, ScalingActionDue, StateChanged, step
from pilotlight.hosting.micros import Micros
from pilotlight.local.scaling.alarm_definition import AlarmDefinition, NotEvaluable
from pilotlight.local.scaling.cloudwatch_alarms import CloudWatchAlarms
from pilotlight.local.scaling.metric_store import MetricStore

_LOG = logging.getLogger("pilotlight")
Datapoints = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, on both clocks: SageMaker's, and the wall clock in microseconds since 1970."""

    sagemaker: Micros
    wall: Micros


@dataclass(frozen=True, slots=True)
class InAlarm:
    """An alarm that is in ALARM, with what it saw. `due`: its scaling actions run now."""

    definition: AlarmDefinition
    datapoints: Datapoints
    due: bool


@dataclass(slots=True)
class _Watched:
    definition: AlarmDefinition
    watch: AlarmWatch
    evaluated: Micros | None = None
    datapoints: Datapoints = ()


class AlarmEvaluator:
    """Watches the alarms of one region. Called by one thread."""

    def __init__(self, alarms: CloudWatchAlarms, metrics: MetricStore) -> None:
        self._alarms = alarms
        self._metrics = metrics
        self._watched: dict[str, _Watched] = {}
        self._refused: set[str] = set()

    def round(self, now: Moment) -> list[InAlarm]:
        """Evaluate what is due, move the states, and list the alarms that are in ALARM."""
        self._learn(self._alarms.descriptions())
        found = [self._look(each, now) for each in list(self._watched.values())]
        return [each for each in found if each is not None]

    def _learn(self, descriptions: Sequence[Mapping[str, Any]]) -> None:
        present = {}
        for description in descriptions:
            name = description["AlarmName"]
            try:
                definition = AlarmDefinition.parse(description)
            except NotEvaluable as reason:
                self._refuse(name, reason)
                continue
            state = AlarmState(description["StateValue"])
            present[name] = self._continued(definition, state)
        self._watched = present

    def _continued(self, definition: AlarmDefinition, state: AlarmState) -> _Watched:
        """The watch as it stands; a new or changed definition, or a state set from outside, begins anew."""
        known = self._watched.get(definition.name)
        if known is None or known.definition != definition:
            return _Watched(definition, AlarmWatch(definition.alarm, state))
        if known.watch.state is not state:
            known.watch = AlarmWatch(definition.alarm, state, known.watch.since)
        return known

    def _look(self, watched: _Watched, now: Moment) -> InAlarm | None:
        clock = now.sagemaker if watched.definition.is_of_sagemaker else now.wall
        interval = evaluation_interval(watched.definition.alarm)
        due = False
        if watched.evaluated is None or clock // interval > watched.evaluated // interval:
            watched.evaluated = clock
            due = self._evaluate(watched, clock)
        if watched.watch.state is not AlarmState.ALARM:
            return None
        return InAlarm(watched.definition, watched.datapoints, due)

    def _evaluate(self, watched: _Watched, clock: Micros) -> bool:
        """Evaluate once; tell whether scaling actions are due."""
        watched.datapoints = self._read(watched.definition, clock)
        watched.watch, effects = step(watched.watch, Evaluation(watched.datapoints), clock)
        for effect in effects:
            if isinstance(effect, StateChanged):
                self._show(watched, effect)
        return any(isinstance(effect, ScalingActionDue) for effect in effects)

    def _read(self, definition: AlarmDefinition, clock: Micros) -> Datapoints:
        if not definition.is_of_sagemaker:
            return self._alarms.datapoints(definition, clock)
        alarm = definition.alarm
        return self._metrics.datapoints(
            definition.namespace,
            definition.metric,
            definition.dimensions,
            period=alarm.period,
            count=evaluation_range(alarm),
            statistic=alarm.statistic,
            now=clock,
        )

    def _show(self, watched: _Watched, change: StateChanged) -> None:
        alarm = watched.definition.alarm
        seen = [each for each in watched.datapoints if each is not None]
        reason = (
            f"Threshold Crossed: the datapoints {seen} of {alarm.statistic} were compared with"
            f" {alarm.comparison} {alarm.threshold}"
            if seen
            else f"Insufficient Data: no datapoints in {len(watched.datapoints)} periods"
        )
        self._alarms.set_state(watched.definition.name, change.state, reason)

    def _refuse(self, name: str, reason: NotEvaluable) -> None:
        if name not in self._refused:
            self._refused.add(name)
            _LOG.warning("alarm %s is never evaluated: %s", name, reason)
