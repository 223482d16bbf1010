"""The container of one instance, from its launch to its end, on a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread

from pilotlight.local.containers.container import Container
from pilotlight.local.containers.image_catalogue import ImageRefused
from pilotlight.local.containers.safe_unpack import ArtefactRefused

logger = logging.getLogger(__name__)


class InstanceContainer:
    """Launches a container, waits until it is healthy, then watches it.

    launch: starts it. within_s: seconds on the wall in which it must become healthy. launched, healthy:
    called when it is so. died: called with the reason when it ends, whoever ended it, or never began.
    """

    def __init__(
        self,
        launch: Callable[[], Container],
        within_s: float,
        *,
        launched: Callable[[], None],
        healthy: Callable[[], None],
        died: Callable[[str], None],
    ) -> None:
        self._launch = launch
        self._within_s = within_s
        self._launched = launched
        self._healthy = healthy
        self._died = died
        self._lock = Lock()
        self._is_ending = False
        self._container: Container | None = None
        self.is_ready = False
        self._thread = Thread(target=self._run, name="instance", daemon=True)
        self._thread.start()

    @property
    def container(self) -> Container | None:
        """The container; None until it is launched."""
        return self._container

    def end(self) -> None:
        """End the container; it is gone when this returns, also when it was just being launched."""
        with self._lock:
            self._is_ending = True
            container = self._container
        if container is not None:
            container.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            container = self._launch()
        except (ImageRefused, ArtefactRefused, OSError) as error:
            self._died(str(error))
            return
        except Exception as error:
            logger.exception("the container could not be launched")
            self._died(f"{type(error).__name__}: {error}")
            return
        with self._lock:
            self._container = container
            is_ending = self._is_ending
        if is_ending:
            container.stop()
            return
        self._launched()
        self._died(self._watch(container))

    def _watch(self, container: Container) -> str:
        """Follow the container to its end; gives the reason of it."""
        if not container.becomes_healthy(self._within_s):
            if container.has_ended:
                return f"It ended before it passed the ping health check (its log: {container.log})"
            within = f"within {self._within_s:.0f} s on the wall"
            return f"It did not pass the ping health check {within} (its log: {container.log})"
        self.is_ready = True
        self._healthy()
        container.wait_for_end()
        self.is_ready = False
        return "container ended"
