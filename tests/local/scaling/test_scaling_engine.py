"""The engine looks at every region on the tick, whatever happens in one of them."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.hosting.micros import SECOND
from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.engine import TICK, ScalingEngine


class Region:
    """Keeps its ticks, and may fail."""

    def __init__(self, *, fails: bool = False) -> None:
        self.moments: list[Any] = []
        self._fails = fails

    def tick(self, now: Any) -> None:
        """Be looked at."""
        self.moments.append(now)
        if self._fails:
            msg = "a region went wrong"
            raise RuntimeError(msg)


def test_a_region_that_fails_does_not_stop_the_others(wall: Any) -> None:
    """Both are looked at, at the same moment of SageMaker's clock."""
    broken, whole = Region(fails=True), Region()
    engine = ScalingEngine(ScaledClock(60, monotonic=wall), lambda: [broken, whole])  # type: ignore[list-item] # ticks only

    for wall.seconds in (1.0, 2.0):
        engine.tick()

    assert [60 * SECOND, 120 * SECOND] == [each.sagemaker for each in whole.moments]
    assert whole.moments == broken.moments


@pytest.mark.parametrize(
    ("scale", "seconds", "expected"), [(1, 0.0, 10.0), (1, 13.0, 7.0), (10, 0.25, 0.75), (6000, 0.0, 0.05)]
)
def test_ticks_come_every_ten_seconds_of_sagemaker_time(
    wall: Any, scale: float, seconds: float, expected: float
) -> None:
    """On the wall they come closer together, but leave room for others to run."""
    engine = ScalingEngine(ScaledClock(scale, monotonic=wall), list)
    wall.seconds = seconds

    assert 10 * SECOND == TICK
    assert expected == pytest.approx(engine.pause_s())
