"""Lets scaling look at alarms and targets, every ten seconds of SageMaker time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable

from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.alarm_evaluator import Moment
from pilotlight.local.scaling.autoscaling import AutoScaling

_LOG = logging.getLogger("pilotlight")
TICK: Micros = 10 * SECOND
"""The shortest interval at which CloudWatch evaluates an alarm (CloudWatch User Guide, alarm evaluation)."""

_LEAST_PAUSE_S = 0.05


class ScalingEngine:
    """Ticks every region."""

    def __init__(self, clock: ScaledClock, regions: Callable[[], Iterable[AutoScaling]]) -> None:
        self._clock = clock
        self._regions = regions

    def tick(self) -> None:
        """Look at everything once."""
        moment = Moment(self._clock.now(), time.time_ns() // 1000)
        for region in self._regions():
            self._tick(region, moment)

    def pause_s(self) -> float:
        """Seconds on the wall until the next tick; a large time scale skips some: others must run too."""
        now = self._clock.now()
        return max(_LEAST_PAUSE_S, self._clock.wall_seconds((now // TICK + 1) * TICK - now))

    def _tick(self, region: AutoScaling, moment: Moment) -> None:
        try:
            region.tick(moment)
        except Exception:  # noqa: BLE001 - one region must not stop the others, nor the next round
            _LOG.exception("a round of alarms and scaling failed; the next one follows")
