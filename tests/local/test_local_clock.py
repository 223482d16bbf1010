"""The scaled clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.micros import MINUTE, SECOND
from pilotlight.local.clock import ScaledClock

START = datetime(2026, 1, 1, tzinfo=UTC)


@given(scale=st.floats(0.1, 10_000), wall=st.lists(st.floats(0, 1e6), min_size=2))
def test_never_goes_back_and_keeps_the_scale(scale: float, wall: list[float]) -> None:
    """SageMaker time is wall time times the scale."""
    moments = iter([0.0, *sorted(wall)])
    clock = ScaledClock(scale, monotonic=lambda: next(moments))

    seen = [clock.now() for _ in wall]

    assert sorted(seen) == seen
    assert int(sorted(wall)[-1] * scale * SECOND) == seen[-1]


def test_a_minute_lasts_a_second_on_the_wall() -> None:
    """At the scale that the story uses."""
    clock = ScaledClock(60, monotonic=lambda: 0.0, started=START)

    assert 1.0 == clock.wall_seconds(MINUTE)
    assert datetime(2026, 1, 1, 0, 0, 5, tzinfo=UTC) == clock.utc(5 * MINUTE)


def test_the_calendar_runs_ahead_of_the_wall() -> None:
    """An hour of SageMaker time is an hour later on its calendar, and a minute later on the wall."""
    clock = ScaledClock(60, monotonic=lambda: 0.0, started=START)

    assert datetime(2026, 1, 1, 1, tzinfo=UTC) == clock.calendar(60 * MINUTE)
    assert datetime(2026, 1, 1, 0, 1, tzinfo=UTC) == clock.utc(60 * MINUTE)


@pytest.mark.parametrize("scale", [0, -1])
def test_fails_when_time_would_not_pass(scale: float) -> None:
    """A scale of nothing stops the clock."""
    with pytest.raises(ValueError, match=f"time scale must be above 0, got {scale}"):
        ScaledClock(scale)
