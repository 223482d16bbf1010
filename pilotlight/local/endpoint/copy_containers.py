"""The containers of the copies of inference components on one variant."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from pilotlight.catalog.limits import STARTUP_HEALTH_CHECK_TIMEOUT
from pilotlight.hosting.component import CopyId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import SECOND
from pilotlight.local.containers.container import Container
from pilotlight.local.containers.container_host import ContainerName
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_description import ContainerDescription
from pilotlight.local.endpoint.described_container import described_container
from pilotlight.local.endpoint.end_together import end_together
from pilotlight.local.endpoint.fleet import HEALTHY_WITHIN_AT_LEAST_S, FleetPlace
from pilotlight.local.endpoint.instance_container import InstanceContainer


class CopyContainers:
    """Starts and ends containers. All methods are for the driver's thread."""

    def __init__(self, place: FleetPlace, variant: str) -> None:
        self._place, self._variant = place, variant
        self._running: dict[CopyId, tuple[str, InstanceId, InstanceContainer]] = {}

    def start(
        self,
        copy: CopyId,
        component: DeployedComponent,
        instance: InstanceId,
        *,
        healthy: Callable[[], None],
        died: Callable[[str], None],
    ) -> None:
        """Start the container of a copy; healthy, died: posted to the driver's thread when it is so."""
        place = self._place
        name = ContainerName(place.endpoint, self._variant, instance, f"{component.name}-{copy}")
        given = component.startup_health_check_timeout_s
        window_s = STARTUP_HEALTH_CHECK_TIMEOUT.default if given is None else given
        assert window_s is not None  # noqa: S101 - the catalogue has the default
        container = InstanceContainer(
            lambda: place.host.launch(
                component.container, name, network_isolation=component.network_isolation
            ),
            max(HEALTHY_WITHIN_AT_LEAST_S, place.clock.wall_seconds(window_s * SECOND)),
            launched=lambda: None,
            healthy=lambda: place.post(healthy),
            died=lambda reason: place.post(lambda: died(reason)),
        )
        self._running[copy] = (component.name, instance, container)

    def stop(self, copy: CopyId, stopped: Callable[[], None]) -> None:
        """End the container of a copy, if it has one; stopped: posted when it is gone."""
        Thread(target=self._end, args=(copy, stopped), name="copy", daemon=True).start()

    def of(self, copy: CopyId) -> Container:
        """The container of a copy that came into service."""
        container = self._running[copy][-1].container
        assert container is not None  # noqa: S101 - it came into service
        return container

    def on(self, instance: InstanceId) -> tuple[Container, ...]:
        """The containers on an instance that were launched so far."""
        launched = (each.container for _, where, each in self._running.values() if where == instance)
        return tuple(each for each in launched if each is not None)

    def described(self) -> tuple[ContainerDescription, ...]:
        """The containers that run."""
        return tuple(
            described_container(each.container, ready=each.is_ready, variant=self._variant, part=component)
            for component, _, each in self._running.values()
            if each.container is not None and not each.container.has_ended
        )

    def end_all(self) -> None:
        """End every container at once; they are gone when this returns."""
        end_together(each.end for *_, each in self._running.values())

    def _end(self, copy: CopyId, stopped: Callable[[], None]) -> None:
        running = self._running.get(copy)
        if running is not None:
            running[-1].end()
        self._place.post(lambda: self._gone(copy, stopped))

    def _gone(self, copy: CopyId, stopped: Callable[[], None]) -> None:
        self._running.pop(copy, None)
        stopped()
