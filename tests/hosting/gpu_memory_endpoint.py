"""A multi-model variant that tracks GPU memory, on a virtual clock: alarms, scaling, instances together.

Its models are on the instances it begins with and stay there, as requests go to where a model is loaded. An
instance that is added has nothing loaded, and brings the average down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pilotlight.hosting import alarm_watch, instances, scalable_target
from pilotlight.hosting.alarm import Alarm, AlarmState, evaluation_range
from pilotlight.hosting.metric import MetricSeries, datapoints
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms


@dataclass
class GpuMemoryEndpoint:
    """One variant; `loaded(minute)` is the GPU memory in use on each of the first instances, in percent.

    history: (minute, instances asked for). averages: what was published at each minute.
    """

    policy: TargetTracking
    first_instances: int
    loaded: Callable[[int], float]
    history: list[tuple[int, int]] = field(default_factory=list)
    averages: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.target = scalable_target.ScalableTarget(1, 10, (self.policy,))
        self.series, self.now = MetricSeries(), 0
        pair = managed_alarms(self.policy)
        self.watches = [alarm_watch.AlarmWatch(alarm) for alarm in (pair.high, pair.low)]
        serving = tuple(
            instances.Instance(number, instances.Phase.IN_SERVICE, launched=0, since=0)
            for number in range(1, self.first_instances + 1)
        )
        self.fleet = instances.InstanceFleet(
            desired=len(serving), instances=serving, next_id=len(serving) + 1
        )

    def run(self, minutes: int) -> GpuMemoryEndpoint:
        """Let time pass: each minute instances move on, alarms look, then the metric is published."""
        for minute in range(minutes):
            self.now = minute * MINUTE
            self._fleet_event(instances.TimePassed(), self.now)
            self._evaluate(minute)
            self.averages.append(self.loaded(minute) * self.first_instances / len(self.fleet.in_service))
            self.series.append(self.now, self.averages[-1])
        return self

    def _evaluate(self, minute: int) -> None:
        seen = [self._seen(watch.alarm) for watch in self.watches]
        stepped = [
            alarm_watch.step(watch, alarm_watch.Evaluation(one), self.now)
            for watch, one in zip(self.watches, seen, strict=True)
        ]
        self.watches = [watch for watch, _ in stepped]
        fired = tuple(
            scalable_target.FiredAlarm(self.policy.name, watch.alarm, one)
            for watch, one in zip(self.watches, seen, strict=True)
            if watch.state is AlarmState.ALARM
        )
        if any(isinstance(one, alarm_watch.ScalingActionDue) for _, effects in stepped for one in effects):
            self._target_event(scalable_target.AlarmsFired(fired, self.fleet.desired), minute)

    def _seen(self, alarm: Alarm) -> tuple[float | None, ...]:
        return datapoints(
            self.series,
            period=alarm.period,
            count=evaluation_range(alarm),
            statistic=alarm.statistic,
            now=self.now,
        )

    def _target_event(self, event: scalable_target.TargetEvent, minute: int) -> None:
        self.target, effects = scalable_target.step(self.target, event, self.now)
        for effect in effects:
            self.history.append((minute, effect.capacity))
            busy = dict.fromkeys(range(1, self.first_instances + 1), 1)
            self._fleet_event(instances.DesiredCountSet(effect.capacity, busy), self.now)

    def _fleet_event(self, event: instances.FleetEvent, now: Micros) -> None:
        self.fleet, effects = instances.step(self.fleet, event, now)
        for effect in effects:
            match effect:
                case instances.StartContainer(instance):
                    self._fleet_event(instances.ContainerHealthy(instance), now)
                case instances.OutOfService(instance):
                    self._fleet_event(instances.Drained(instance), now)
                case instances.TerminateInstance(instance):
                    self._fleet_event(instances.Stopped(instance), now)
                case instances.CountReached():
                    self._target_event(scalable_target.ActivityEnded(), now // MINUTE)
