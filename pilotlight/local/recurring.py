"""Does something again and again, on a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

_LOG = logging.getLogger("pilotlight")


class Recurring:
    """Calls `work` until it is stopped. What a round raises is logged, and the next one follows.

    pause_s: seconds on the wall before the next round; asked before each one. When a round takes long, the
    next ones are left out, never queued.
    """

    def __init__(self, name: str, work: Callable[[], None], *, pause_s: Callable[[], float]) -> None:
        self._work = work
        self._pause_s = pause_s
        self._stop = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with a pause."""
        self._thread.start()

    def stop(self) -> None:
        """End; no round is under way when this returns."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._pause_s()):
            try:
                self._work()
            except Exception:  # noqa: BLE001 - the next round comes
                _LOG.exception("a round of %s failed; the next one follows", self._thread.name)
