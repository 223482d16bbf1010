"""Spaces invocations evenly, so that warming alone never reaches the rate at which an endpoint grows."""

from __future__ import annotations

import asyncio


class Pace:
    """Hands out the moments at which an invocation may start; never two within `interval` seconds."""

    def __init__(self, per_minute: float | None) -> None:
        self._interval = 0.0 if per_minute is None else 60.0 / per_minute
        self._next: float | None = None

    def next_turn(self, now: float) -> float:
        """When the next invocation may start; asking does not take the turn."""
        return now if self._next is None else max(now, self._next)

    async def turn(self) -> None:
        """Take the next turn and wait for it."""
        now = asyncio.get_running_loop().time()
        start = self.next_turn(now)
        self._next = start + self._interval
        if start > now:
            await asyncio.sleep(start - now)
