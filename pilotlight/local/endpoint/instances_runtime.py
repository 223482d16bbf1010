"""What every way of hosting on instances shares: generations of them, and a line of their requests."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting.instance import InstanceId, LaunchTiming
from pilotlight.local.containers.container import Container
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import EndpointDescription
from pilotlight.local.endpoint.fleet import Fleet, FleetPlace
from pilotlight.local.endpoint.line import Line
from pilotlight.local.endpoint.rollout import Rollout
from pilotlight.local.endpoint.runtime import EndpointRuntime
from pilotlight.local.endpoint.timed import Timed
from pilotlight.local.endpoint.utilization_sampler import UtilizationSampler

L = TypeVar("L", bound=Line)


class InstancesRuntime(EndpointRuntime, Generic[L]):
    """An endpoint on instances. A subclass makes the line that hands its requests to them.

    publishes_itself: metrics of utilisation that its line publishes.
    """

    publishes_itself: ClassVar[Collection[MetricFact]] = ()

    def _set_up(self) -> None:
        around, timing = self._around, self._instance_timing
        place = FleetPlace(self._name, around.clock, around.containers, timing, self._driver.post)
        self._line = self._make_line()
        self._rollout = Rollout(place, self._line, serves=self._serves)
        self._utilization = UtilizationSampler(
            self._rollout,
            self._measurements,
            around.clock,
            containers=self._containers_on,
            left_out=self.publishes_itself,
        )

    def _containers_on(self, fleet: Fleet, instance: InstanceId) -> Sequence[Container]:
        """The containers that run on an instance in service. Default: those that its fleet started there."""
        return tuple(fleet.containers(instance).values())

    @property
    def _instance_timing(self) -> LaunchTiming:
        """How long an instance takes to come. Default: as around it."""
        return self._around.timing

    @abstractmethod
    def _make_line(self) -> L:
        """The line of requests. Called once, by `_set_up`."""

    def _serves(self, config: EndpointConfigRecord) -> None:
        """Hear that a configuration comes into service; its instances take requests next."""

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        self._driver.call(lambda: self._rollout.set_desired(variant, count))

    @property
    def _backlog(self) -> int:
        return self._line.in_flight

    @property
    def _timed(self) -> Iterable[Timed]:
        return self._rollout, self._line, self._utilization

    def _begin(self, *, retains: bool) -> None:
        self._rollout.begin(self._config, self._models, retains=retains)

    def _changed(self) -> EndpointDescription | None:
        return self._rollout.describe() if self._rollout.take_change() else None

    def _end(self) -> None:
        for fleet in self._rollout.fleets:
            fleet.end_all()
