"""What has something to do when time passes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from pilotlight.hosting.micros import Micros


class Timed(Protocol):
    """A part of an endpoint that waits for moments. Methods are for the driver's thread."""

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due; None: nothing waits."""

    def pass_time(self, now: Micros) -> None:
        """Do what is due."""


def earliest_deadline(parts: Iterable[Timed]) -> Micros | None:
    """When time has to pass next for any of the parts; None: nothing waits for it."""
    deadlines = (each.next_deadline for each in parts)
    return min((each for each in deadlines if each is not None), default=None)
