"""All state machines put together on a virtual clock: an asynchronous endpoint that scales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count

from pilotlight.catalog.metrics import (
    APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE,
    HAS_BACKLOG_WITHOUT_CAPACITY,
    MetricFact,
)
from pilotlight.hosting import alarm_watch, async_queue, instances, scalable_target
from pilotlight.hosting.alarm import Alarm, AlarmState, Comparison, evaluation_range
from pilotlight.hosting.async_metrics import BacklogAtZero, backlog_metrics, request_metrics
from pilotlight.hosting.metric import datapoints
from pilotlight.hosting.metric_store import MetricKey, MetricStore
from pilotlight.hosting.micros import MINUTE, SECOND, Micros
from pilotlight.hosting.step_scaling import AdjustmentType, StepAdjustment, StepScaling
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms

WAKE = StepScaling("wake", AdjustmentType.CHANGE_IN_CAPACITY, (StepAdjustment(1, lower_bound=0),))
WAKE_ALARM = Alarm(MINUTE, 1, 1.0, Comparison.GREATER_THAN_OR_EQUAL)


def _key(fact: MetricFact) -> MetricKey:
    return MetricKey.of(fact.namespace, fact.name, dict.fromkeys(fact.dimensions, "intent"))


@dataclass
class Watched:
    """An alarm, the metric it looks at, and the policy it runs."""

    metric: MetricFact
    policy: str
    watch: alarm_watch.AlarmWatch
    datapoints: tuple[float | None, ...] = ()


@dataclass
class VirtualEndpoint:
    """One variant that starts with one instance at time 0; requests take `service_time` each.

    Alarms are evaluated at each full minute, and the queue is measured right after, from the first service
    on.
    """

    wakes: bool = True
    at_zero: BacklogAtZero = BacklogAtZero.WHOLE_BACKLOG
    max_capacity: int = 1
    service_time: Micros = 10 * SECOND
    tracking: TargetTracking = field(default_factory=lambda: TargetTracking("backlog", 5.0))
    now: Micros = 0
    history: list[tuple[float, int]] = field(default_factory=list)
    ended: list[async_queue.Ended] = field(default_factory=list)

    def __post_init__(self) -> None:
        policies = (self.tracking, WAKE) if self.wakes else (self.tracking,)
        self.target = scalable_target.ScalableTarget(0, self.max_capacity, policies)
        self.fleet, self.queue, self.metrics = (
            instances.InstanceFleet(),
            async_queue.AsyncQueue(),
            MetricStore(),
        )
        self.alarms = self._alarms()
        self._agenda: list[tuple[Micros, int, Callable[[], None]]] = []
        self._order = count()
        self._publishing = False
        self.at(0, lambda: self._fleet_event(instances.DesiredCountSet(1)))
        self.at(MINUTE, self._minute)

    def _alarms(self) -> list[Watched]:
        pair = managed_alarms(self.tracking)
        tracked = APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE
        watched = [
            Watched(tracked, self.tracking.name, alarm_watch.AlarmWatch(one)) for one in (pair.high, pair.low)
        ]
        if self.wakes:
            watched.append(
                Watched(HAS_BACKLOG_WITHOUT_CAPACITY, WAKE.name, alarm_watch.AlarmWatch(WAKE_ALARM))
            )
        return watched

    def at(self, moment: Micros, action: Callable[[], None]) -> None:
        """Plan an action; those of one moment run in the order they were planned."""
        heappush(self._agenda, (moment, next(self._order), action))

    def submit(self, moment: Micros, requests: int) -> None:
        """Plan a batch of requests."""
        for number in range(requests):
            request = async_queue.AsyncRequest(f"{moment}-{number}")
            self.at(moment, partial(self._queue_event, async_queue.Submitted(request)))

    def run(self, until: Micros) -> VirtualEndpoint:
        """Let time pass."""
        while self._agenda and self._agenda[0][0] <= until:
            self.now, _, action = heappop(self._agenda)
            action()
        return self

    def _minute(self) -> None:
        self._evaluate()
        if self._publishing:
            for fact, value in backlog_metrics(self.queue, self.now, self.at_zero):
                self.metrics.put(_key(fact), self.now, value)
        self.at(self.now + MINUTE, self._minute)

    def _evaluate(self) -> None:
        due = False
        for one in self.alarms:
            alarm = one.watch.alarm
            one.datapoints = datapoints(
                self.metrics.series(_key(one.metric)),
                period=alarm.period,
                count=evaluation_range(alarm),
                statistic=alarm.statistic,
                now=self.now,
            )
            one.watch, effects = alarm_watch.step(one.watch, alarm_watch.Evaluation(one.datapoints), self.now)
            due = due or any(isinstance(effect, alarm_watch.ScalingActionDue) for effect in effects)
        if due:
            fired = tuple(
                scalable_target.FiredAlarm(one.policy, one.watch.alarm, one.datapoints)
                for one in self.alarms
                if one.watch.state is AlarmState.ALARM
            )
            self._target_event(scalable_target.AlarmsFired(fired, self.fleet.desired))

    def _target_event(self, event: scalable_target.TargetEvent) -> None:
        self.target, effects = scalable_target.step(self.target, event, self.now)
        for effect in effects:
            self.history.append((self.now / MINUTE, effect.capacity))
            self._fleet_event(instances.DesiredCountSet(effect.capacity, self.queue.load))

    def _fleet_event(self, event: instances.FleetEvent) -> None:
        self.fleet, effects = instances.step(self.fleet, event, self.now)
        for effect in effects:
            self._carry_out(effect)
        if (deadline := instances.next_deadline(self.fleet)) is not None:
            self.at(deadline, lambda: self._fleet_event(instances.TimePassed()))

    def _carry_out(self, effect: instances.FleetEffect) -> None:
        match effect:
            case instances.StartContainer(instance, expected):
                self.at(self.now + expected, lambda: self._fleet_event(instances.ContainerHealthy(instance)))
            case instances.InService(instance):
                self._publishing = True
                self._queue_event(async_queue.InstanceJoined(instance))
            case instances.OutOfService(instance, lost):
                left = async_queue.InstanceLost if lost else async_queue.InstanceLeaving
                self._queue_event(left(instance))
            case instances.TerminateInstance(instance):
                self.at(self.now, lambda: self._fleet_event(instances.Stopped(instance)))
            case instances.CountReached():
                self._target_event(scalable_target.ActivityEnded())

    def _queue_event(self, event: async_queue.QueueEvent) -> None:
        _, effects = async_queue.step(self.queue, event, self.now)
        for effect in effects:
            self._serve(effect)
        if (deadline := async_queue.next_deadline(self.queue)) is not None:
            self.at(max(self.now, deadline), lambda: self._overdue(deadline))

    def _overdue(self, deadline: Micros) -> None:
        if async_queue.next_deadline(self.queue) == deadline:
            self._queue_event(async_queue.TimePassed())

    def _serve(self, effect: async_queue.QueueEffect) -> None:
        match effect:
            case async_queue.Dispatch(request, _, attempt):
                answer = async_queue.Answered(request, attempt)
                self.at(self.now + self.service_time, lambda: self._queue_event(answer))
            case async_queue.InstanceIdle(instance):
                self.at(self.now, lambda: self._fleet_event(instances.Drained(instance)))
            case async_queue.Ended():
                self.ended.append(effect)
                for fact, value in request_metrics(effect):
                    self.metrics.put(_key(fact), self.now, value)

    def kill(self, moment: Micros, instance: int) -> None:
        """Plan the death of a container."""
        self.at(moment, lambda: self._fleet_event(instances.ContainerDied(instance)))
