"""The thread that owns the state of one endpoint."""

from __future__ import annotations

import logging
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread

from pilotlight.hosting.micros import Micros
from pilotlight.local.clock import ScaledClock

Thunk = Callable[[], None]

_CALL_WITHIN_S = 30.0

logger = logging.getLogger(__name__)


class Driver:
    """Runs what is posted to it, one after the other, and `pass_time` whenever that is due.

    next_deadline: when time has to pass next; None: nothing waits for it. after: called after each of both.
    """

    def __init__(
        self,
        name: str,
        clock: ScaledClock,
        *,
        next_deadline: Callable[[], Micros | None],
        pass_time: Callable[[Micros], None],
        after: Thunk,
    ) -> None:
        self._clock = clock
        self._next_deadline = next_deadline
        self._pass_time = pass_time
        self._after = after
        self._posted: SimpleQueue[Thunk | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name=f"endpoint-{name}", daemon=True)

    def start(self) -> None:
        """Begin; what was posted before runs first."""
        self._thread.start()

    def post(self, thunk: Thunk) -> None:
        """Have it run on the driver's thread; never blocks. After `stop` it is dropped."""
        self._posted.put(thunk)

    def call(self, thunk: Thunk) -> None:
        """Have it run on the driver's thread and wait until it has: whoever looks next sees what it did."""
        done = Event()

        def run() -> None:
            try:
                thunk()
            finally:
                self._after()
                done.set()

        self.post(run)
        done.wait(_CALL_WITHIN_S)

    def stop(self) -> None:
        """End after what was posted before; the thread is gone when this returns."""
        self._posted.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                thunk = self._posted.get(timeout=self._wait_s())
            except Empty:
                thunk = _nothing
            if thunk is None:
                return
            try:
                self._turn(thunk)
            except Exception:
                logger.exception("the endpoint's driver goes on after an error")

    def _turn(self, thunk: Thunk) -> None:
        thunk()
        now, deadline = self._clock.now(), self._next_deadline()
        if deadline is not None and deadline <= now:
            self._pass_time(now)
        self._after()

    def _wait_s(self) -> float | None:
        deadline = self._next_deadline()
        return None if deadline is None else max(0.0, self._clock.wall_seconds(deadline - self._clock.now()))


def _nothing() -> None:
    """What runs when only time has passed."""
