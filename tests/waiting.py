"""Waiting, in tests, for what takes its time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 180.0
"""Nobody waits that long, unless it never happens or the machine is very busy.

The schedules of the embedded AWS count in minutes on the wall, whatever its time scale.
"""


def wait_until(
    what: str, look: Callable[[], T | None], *, wanted: Callable[[T], object] = bool, pause_s: float = 0.1
) -> T:
    """Look again and again until what is seen is wanted, and return that.

    Args:
        what: what is waited for, as it reads after "did not happen within 180 s:".
        look: what to look at. None, when there is nothing to see yet, is never wanted.
        wanted: whether it is what is waited for. Default: whether it is true.
        pause_s: wall time between two looks.

    Raises:
        AssertionError: it did not happen in time; it says what was seen last.
    """
    __tracebackhide__ = True  # who waits is shown, not how
    give_up = time.monotonic() + PATIENCE_S
    while (seen := look()) is None or not wanted(seen):
        if time.monotonic() > give_up:
            msg = f"did not happen within {PATIENCE_S:.0f} s: {what}; seen last: {seen!r}"
            raise AssertionError(msg)
        time.sleep(pause_s)
    return seen
