"""Ends several things at the same time: each takes its grace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Thread


def end_together(ends: Iterable[Callable[[], None]]) -> None:
    """Call each on a thread of its own; all have returned when this does."""
    ending = [Thread(target=each) for each in ends]
    for thread in ending:
        thread.start()
    for thread in ending:
        thread.join()
