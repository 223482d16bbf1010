"""Users who ask, wait for the answer and ask again at once, on instances that slow down as they fill up.

An instance works on all its requests at the same time: with k of them each advances at the speed
1 / (1 + slowdown * (k - 1)). Which instance takes a request is decided by `pilotlight.hosting`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf
from random import Random

from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.real_time import Ended, Forward, InstanceJoined, Invoked, RealTimeVariant, step
from pilotlight.hosting.routing import RoutingStrategy


@dataclass(frozen=True, slots=True)
class ClosedSystem:
    """Instances, users for each of them, and what one more request in flight costs every other."""

    instances: int
    users_per_instance: int
    slowdown: float

    @property
    def users(self) -> int:
        """All users."""
        return self.instances * self.users_per_instance


@dataclass(slots=True)
class _Instance:
    """Requests by the progress at which they end. progress: what each has been given until `at`."""

    slowdown: float
    ends: list[tuple[float, str]] = field(default_factory=list)
    progress: float = 0.0
    at: float = 0.0

    @property
    def pace(self) -> float:
        """Seconds for a second of progress."""
        return 1 + self.slowdown * (len(self.ends) - 1)

    @property
    def next_end(self) -> float:
        """When its next request ends, if none is added before."""
        return self.at + (self.ends[0][0] - self.progress) * self.pace if self.ends else inf

    def advance(self, now: float) -> None:
        """Give every request its progress."""
        if self.ends:
            self.progress += (now - self.at) / self.pace
        self.at = now

    def add(self, request: str, length: float, now: float) -> None:
        """Begin a request. length: the seconds it takes alone."""
        self.advance(now)
        heappush(self.ends, (self.progress + length, request))

    def end_next(self) -> tuple[float, str]:
        """End its next request; returns when, and which."""
        now = self.next_end
        self.advance(now)
        return now, heappop(self.ends)[1]


class _Run:
    def __init__(self, system: ClosedSystem, strategy: RoutingStrategy, seed: int) -> None:
        self._variant = RealTimeVariant(strategy, Random(f"routing {seed}"))
        self._lengths, self._names = Random(f"lengths {seed}"), count()
        self._instances = {number: _Instance(system.slowdown) for number in range(system.instances)}
        for number in self._instances:
            step(self._variant, InstanceJoined(number), 0)
        for _ in range(system.users):
            self._ask(0.0)

    def _ask(self, now: float) -> None:
        _, effects = step(self._variant, Invoked(str(next(self._names))), round(now * SECOND))
        for effect in effects:
            if isinstance(effect, Forward):
                length = self._lengths.expovariate(1.0)
                self._instances[effect.instance].add(effect.request, length, now)

    def answer(self, requests: int) -> float:
        """Let so many requests end; returns the time of the last."""
        now = 0.0
        for _ in range(requests):
            now, request = min(self._instances.values(), key=lambda one: one.next_end).end_next()
            step(self._variant, Ended(request), round(now * SECOND))
            self._ask(now)
        return now


def throughput(system: ClosedSystem, strategy: RoutingStrategy, *, requests: int, seed: int) -> float:
    """Measure the requests per second of the whole system; lengths are exponential with a mean of one second.

    requests: how many are counted, after a tenth of as many that are not. The lengths come in the same order
    for every strategy with the same seed.
    """
    run = _Run(system, strategy, seed)
    began = run.answer(requests // 10)
    return requests / (run.answer(requests) - began)
