"""Publishes how busy and how full the instances of an endpoint are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.utilization import PUBLISH_INTERVAL, InstanceUse, utilization_metrics
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container import Container
from pilotlight.local.endpoint.fleet import Fleet
from pilotlight.local.endpoint.instance_look import size_of_instance, use_of_instance
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.rollout import Rollout

LEAST_WALL: Micros = SECOND // 5
"""Time on the wall between two looks at a processor: Linux counts its work in hundredths of a second."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The last look at an instance, when it was on the wall, and what followed from it."""

    use: InstanceUse
    at: Micros
    measured: tuple[Measurement, ...] = ()


class UtilizationSampler:
    """Looks at the instances in service. For the driver's thread.

    containers: gives those that run on an instance. left_out: metrics that somebody else publishes. The
    values are those of this machine's processors: what they do in a second on the wall, whatever the scale.
    """

    def __init__(
        self,
        rollout: Rollout,
        measurements: Measurements,
        clock: ScaledClock,
        *,
        containers: Callable[[Fleet, InstanceId], Sequence[Container]],
        left_out: Collection[MetricFact] = (),
    ) -> None:
        self._containers = containers
        self._rollout = rollout
        self._measurements = measurements
        self._clock = clock
        self._left_out = left_out
        self._seen: Mapping[InstanceId, _Seen] = {}
        self.next_deadline: Micros = self._after(clock.now())

    def pass_time(self, now: Micros) -> None:
        """Publish if it is time to."""
        if now < self.next_deadline:
            return
        self.next_deadline = self._after(now)
        seen: dict[InstanceId, _Seen] = {}
        for fleet in self._rollout.fleets:
            for instance in fleet.in_service:
                look = self._look(fleet, instance, round(self._clock.wall_seconds(now) * SECOND))
                if look is not None:
                    seen[instance] = look
                    self._measurements.put(look.measured, fleet.variant.name)
        self._seen = seen

    def _look(self, fleet: Fleet, instance: InstanceId, at: Micros) -> _Seen | None:
        before, containers = self._seen.get(instance), self._containers(fleet, instance)
        if before is not None and at - before.at < LEAST_WALL:
            return before
        use = use_of_instance(containers) if containers else None
        if use is None or before is None:
            return None if use is None else _Seen(use, at)
        size = size_of_instance(fleet.variant, containers[0])
        measured = utilization_metrics(before.use, use, elapsed=at - before.at, size=size)
        return _Seen(use, at, tuple(each for each in measured if each[0] not in self._left_out))

    def _after(self, now: Micros) -> Micros:
        config = self._rollout.config
        interval = PUBLISH_INTERVAL if config is None else config.publish_interval_s * SECOND
        return (now // interval + 1) * interval
