"""The containers of one instance: it is healthy when all of them are, and dies with the first that does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock

from pilotlight.local.containers.container import Container
from pilotlight.local.endpoint.end_together import end_together
from pilotlight.local.endpoint.instance_container import InstanceContainer


class InstanceContainers:
    """Launches containers at the same time, and watches them as one.

    launches: starts each of them, by host name; with none there is nothing to wait for. within_s, launched,
    healthy, died: as of `InstanceContainer`.
    """

    def __init__(
        self,
        launches: Mapping[str, Callable[[], Container]],
        within_s: float,
        *,
        launched: Callable[[], None],
        healthy: Callable[[], None],
        died: Callable[[str], None],
    ) -> None:
        self._lock = Lock()
        self._healthy, self._died = healthy, died
        self._missing = len(launches)
        self._has_died = False
        self._parts = {
            name: InstanceContainer(
                launch, within_s, launched=launched, healthy=self._one_healthy, died=self._one_died
            )
            for name, launch in launches.items()
        }
        if not launches:
            healthy()

    @property
    def containers(self) -> Mapping[str, Container]:
        """The containers that were launched so far, by host name, in the order of the model."""
        return {name: each.container for name, each in self._parts.items() if each.container is not None}

    def is_ready(self, name: str) -> bool:
        """Whether one of them is healthy."""
        return self._parts[name].is_ready

    def end(self) -> None:
        """End all of them; they are gone when this returns."""
        end_together(each.end for each in self._parts.values())

    def _one_healthy(self) -> None:
        with self._lock:
            self._missing -= 1
            is_complete = self._missing == 0
        if is_complete:
            self._healthy()

    def _one_died(self, reason: str) -> None:
        with self._lock:
            is_first, self._has_died = not self._has_died, True
        if is_first:
            self._died(reason)
