"""The unit of time of every state machine here: whole microseconds, so that no run depends on rounding."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeAlias

Micros: TypeAlias = int
"""A moment or a length of time in microseconds. Moments count from wherever the driver's clock starts."""

SECOND: Micros = 1_000_000
MINUTE: Micros = 60 * SECOND
HOUR: Micros = 60 * MINUTE
DAY: Micros = 24 * HOUR


def micros(duration: timedelta) -> Micros:
    """Turn a duration of the fleet file into microseconds."""
    return duration // timedelta(microseconds=1)


def in_seconds(time: Micros) -> float:
    """Turn microseconds into the seconds that metrics and messages use."""
    return time / SECOND
