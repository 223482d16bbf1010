"""Drives the instances of one variant: what `hosting.instances` decides, this does with real containers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Thread
from typing import Protocol, assert_never

from pilotlight.catalog.limits import STARTUP_HEALTH_CHECK_TIMEOUT
from pilotlight.hosting import instances
from pilotlight.hosting.instances import (
    ContainerDied,
    ContainerHealthy,
    CountReached,
    DesiredCountSet,
    Drained,
    FleetEffect,
    FleetEvent,
    InService,
    InstanceFleet,
    InstanceId,
    LaunchFailed,
    LaunchInstance,
    LaunchTiming,
    OutOfService,
    StartContainer,
    Stopped,
    TerminateInstance,
    TimePassed,
)
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container import Container
from pilotlight.local.containers.container_host import ContainerHost, ContainerName
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.control_plane.endpoint_description import ContainerDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.variant_record import VariantRecord
from pilotlight.local.endpoint.described_container import described_container
from pilotlight.local.endpoint.end_together import end_together
from pilotlight.local.endpoint.instance_containers import InstanceContainers

HEALTHY_WITHIN_AT_LEAST_S = 60.0
"""Seconds on the wall that a container has at least to become healthy: real processes start no faster when
SageMaker's clock runs faster."""

IDS_PER_FLEET = 1000
"""Fleets of one endpoint number their instances apart: those of the second begin at 1001."""


class FleetOwner(Protocol):
    """Hears what becomes of the instances, on the driver's thread."""

    def instance_joined(self, fleet: Fleet, instance: InstanceId) -> None:
        """An instance is in service."""

    def instance_left(self, fleet: Fleet, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no new request."""

    def launch_failed(self, fleet: Fleet, reason: str) -> None:
        """An instance did not come into service."""

    def count_reached(self) -> None:
        """The desired count is in service, and nothing comes or goes."""

    def changed(self) -> None:
        """Something changed that a description shows."""


@dataclass(frozen=True, slots=True)
class FleetPlace:
    """What all fleets of one endpoint share."""

    endpoint: str
    clock: ScaledClock
    host: ContainerHost
    timing: LaunchTiming
    post: Callable[[Callable[[], None]], None]


class Fleet:
    """The instances of one variant under one configuration. All methods are for the driver's thread.

    model: what runs on each of them; None: they come empty, and are in service at once.
    """

    def __init__(
        self,
        place: FleetPlace,
        owner: FleetOwner,
        *,
        variant: VariantRecord,
        model: ModelRecord | None,
        number: int,
    ) -> None:
        self.variant = variant
        self._place = place
        self._owner = owner
        self._model = model
        self._state = InstanceFleet(timing=place.timing, next_id=number * IDS_PER_FLEET + 1)
        self._containers: dict[InstanceId, InstanceContainers] = {}

    @property
    def desired(self) -> int:
        """How many instances it shall have."""
        return self._state.desired

    @property
    def in_service(self) -> tuple[InstanceId, ...]:
        """The instances that take requests."""
        return self._state.in_service

    @property
    def is_settled(self) -> bool:
        """Whether it has the desired count."""
        return not self._state.changing

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        return instances.next_deadline(self._state)

    def set_desired(self, count: int, load: Mapping[InstanceId, int]) -> None:
        """Begin to have that many. load: requests on each instance: idle ones go first."""
        self._step(DesiredCountSet(count, load))

    def pass_time(self) -> None:
        """Do what is due."""
        self._step(TimePassed())

    def drained(self, instance: InstanceId) -> None:
        """An instance that was leaving has no request left."""
        self._step(Drained(instance))

    def holds(self, instance: InstanceId) -> bool:
        """Whether the instance is one of this fleet."""
        return self._state.find(instance) is not None

    def containers(self, instance: InstanceId) -> Mapping[str, Container]:
        """The containers of an instance that came into service, by host name, in the order of the model."""
        return self._containers[instance].containers

    def described(self) -> tuple[ContainerDescription, ...]:
        """The containers that run."""
        several = self._model is not None and len(self._model.containers) > 1
        return tuple(
            described_container(
                container, ready=each.is_ready(name), variant=self.variant.name, part=name if several else ""
            )
            for each in self._containers.values()
            for name, container in each.containers.items()
            if not container.has_ended
        )

    def end_all(self) -> None:
        """End every container at once; they are gone when this returns. The fleet is of no use afterwards."""
        end_together(each.end for each in self._containers.values())

    def _step(self, event: FleetEvent) -> None:
        self._state, effects = instances.step(self._state, event, self._place.clock.now())
        for effect in effects:
            self._do(effect)
        self._owner.changed()

    def _do(self, effect: FleetEffect) -> None:
        owner = self._owner
        match effect:
            case LaunchInstance():
                pass  # it takes its time, and nothing of it is visible here
            case StartContainer(instance):
                self._containers[instance] = self._start(instance)
            case InService(instance):
                owner.instance_joined(self, instance)
            case OutOfService(instance, lost):
                owner.instance_left(self, instance, lost=lost)
            case LaunchFailed(reason=reason):
                owner.launch_failed(self, reason)
            case TerminateInstance(instance):
                Thread(target=self._end, args=(instance,), name="terminate", daemon=True).start()
            case CountReached():
                owner.count_reached()
            case _ as never:
                assert_never(never)

    def _start(self, instance: InstanceId) -> InstanceContainers:
        given = self.variant.startup_health_check_timeout_s
        window_s = STARTUP_HEALTH_CHECK_TIMEOUT.default if given is None else given
        assert window_s is not None  # noqa: S101 - the catalogue has the default
        place = self._place

        def tell(event: FleetEvent) -> None:
            place.post(lambda: self._step(event))

        return InstanceContainers(
            {
                hostname: self._launch(definition, instance, part)
                for hostname, definition, part in self._parts()
            },
            max(HEALTHY_WITHIN_AT_LEAST_S, place.clock.wall_seconds(window_s * SECOND)),
            launched=lambda: place.post(self._owner.changed),
            healthy=lambda: tell(ContainerHealthy(instance)),
            died=lambda reason: tell(ContainerDied(instance, reason)),
        )

    def _parts(self) -> Iterable[tuple[str, ContainerDefinition, str]]:
        """Host name, definition, and what tells the container from others of the instance."""
        model = self._model
        if model is None:
            return ()
        parts = model.hostnames if len(model.containers) > 1 else ("",)
        return zip(model.hostnames, model.containers, parts, strict=True)

    def _launch(
        self, definition: ContainerDefinition, instance: InstanceId, part: str
    ) -> Callable[[], Container]:
        place = self._place
        isolated = self._model is not None and self._model.network_isolation
        name = ContainerName(place.endpoint, self.variant.name, instance, part)
        return lambda: place.host.launch(definition, name, network_isolation=isolated)

    def _end(self, instance: InstanceId) -> None:
        running = self._containers.get(instance)
        if running is not None:
            running.end()
        self._place.post(lambda: self._gone(instance))

    def _gone(self, instance: InstanceId) -> None:
        self._containers.pop(instance, None)
        self._step(Stopped(instance))
