"""Waits for something to become true, for as long as it can honestly take and no longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from .step import StepFailed

T = TypeVar("T")

_PAUSE_S = 0.1


def wait_until(what: str, look: Callable[[], T | None], *, seconds: float) -> T:
    """Look again and again until `look` returns something true, and return that.

    Args:
        what: what is waited for, as it reads after "did not happen:".
        look: returns something true once it happened.
        seconds: wall time to wait at most.

    Raises:
        StepFailed: it did not happen in time.
    """
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            msg = f"did not happen within {seconds:.0f} s: {what}"
            raise StepFailed(msg)
        time.sleep(_PAUSE_S)
    return seen
