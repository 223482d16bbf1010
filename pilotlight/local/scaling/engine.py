"""The thread that lets scaling look at alarms and targets, every ten seconds of SageMaker time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from threading import Event, Thread

from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.alarm_evaluator import Moment
from pilotlight.local.scaling.autoscaling import AutoScaling

_LOG = logging.getLogger("pilotlight")
TICK: Micros = 10 * SECOND
"""The shortest interval at which CloudWatch evaluates an alarm (CloudWatch User Guide, alarm evaluation)."""

_LEAST_PAUSE_S = 0.05


class ScalingEngine:
    """Ticks every region. When one tick takes too long the next ones are left out, never queued."""

    def __init__(self, clock: ScaledClock, regions: Callable[[], Iterable[AutoScaling]]) -> None:
        self._clock = clock
        self._regions = regions
        self._stop = Event()
        self._thread = Thread(target=self._run, name="scaling-engine", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._thread.start()

    def stop(self) -> None:
        """Stop ticking; no tick is under way when this returns."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._pause_s()):
            moment = Moment(self._clock.now(), time.time_ns() // 1000)
            for region in self._regions():
                self._tick(region, moment)

    def _pause_s(self) -> float:
        """Seconds on the wall until the next tick; a large time scale skips some: others must run too."""
        now = self._clock.now()
        return max(_LEAST_PAUSE_S, self._clock.wall_seconds((now // TICK + 1) * TICK - now))

    def _tick(self, region: AutoScaling, moment: Moment) -> None:
        try:
            region.tick(moment)
        except Exception:  # noqa: BLE001 - one region must not stop the others, nor the next round
            _LOG.exception("a round of alarms and scaling failed; the next one follows")
