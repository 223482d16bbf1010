"""The engine looks at every region, again and again, whatever happens in one of them."""

from __future__ import annotations

from threading import Event
from typing import Any

from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.engine import TICK, ScalingEngine


class Region:
    """Counts its ticks, or fails."""

    def __init__(self, *, fails: bool = False, enough: int = 3) -> None:
        self.moments: list[Any] = []
        self.ticked = Event()
        self._fails = fails
        self._enough = enough

    def tick(self, now: Any) -> None:
        """Be looked at."""
        self.moments.append(now)
        if len(self.moments) >= self._enough:
            self.ticked.set()
        if self._fails:
            msg = "a region went wrong"
            raise RuntimeError(msg)


def test_a_region_that_fails_does_not_stop_the_others() -> None:
    """Both are looked at every ten seconds of SageMaker time."""
    broken, whole = Region(fails=True), Region()
    engine = ScalingEngine(ScaledClock(1000), lambda: [broken, whole])  # type: ignore[list-item] # counts only

    engine.start()
    reached = broken.ticked.wait(10) and whole.ticked.wait(10)
    engine.stop()

    assert reached
    ticks = [moment.sagemaker // TICK for moment in whole.moments]
    assert sorted(set(ticks)) == ticks


def test_nothing_ticks_after_it_was_stopped() -> None:
    """Stop returns when no look is under way."""
    region = Region(enough=1)
    engine = ScalingEngine(ScaledClock(1000), lambda: [region])  # type: ignore[list-item] # counts only
    engine.start()
    region.ticked.wait(10)

    engine.stop()
    seen = len(region.moments)

    assert seen == len(region.moments)
    assert not engine._thread.is_alive()
