"""Chance comes from outside: a driver passes in a stream, and the same stream gives the same choices."""

from __future__ import annotations

from typing import Protocol


class RandomStream(Protocol):
    """What routing asks of chance. Python's `random.Random` is one, seeded by the driver."""

    def random(self) -> float:
        """Draw a number, 0 included, 1 not."""
        ...

    def randrange(self, stop: int, /) -> int:
        """Draw a whole number, 0 included, `stop` not."""
        ...
