"""Plays events to a queue and reads what it did."""

from __future__ import annotations

from pilotlight.hosting.async_queue import (
    AsyncQueue,
    AsyncRequest,
    Dispatch,
    Ended,
    Outcome,
    QueueEffect,
    QueueEvent,
    QueueSettings,
    Submitted,
    step,
)
from pilotlight.hosting.micros import Micros


def new_queue(concurrency: int = 4, max_redeliveries: int = 3) -> AsyncQueue:
    """Begin with an empty queue that no instance serves."""
    return AsyncQueue(QueueSettings(concurrency, max_redeliveries))


def play(queue: AsyncQueue, *events: tuple[Micros, QueueEvent]) -> list[tuple[Micros, QueueEffect]]:
    """Send the events at their times; the effects with the times they came at."""
    seen: list[tuple[Micros, QueueEffect]] = []
    for now, event in events:
        same, effects = step(queue, event, now)
        assert same is queue
        seen += [(now, effect) for effect in effects]
    return seen


def submit(*ids: str, at: Micros = 0, **limits: Micros) -> list[tuple[Micros, QueueEvent]]:
    """Submissions of several requests at one time."""
    return [(at, Submitted(AsyncRequest(name, **limits))) for name in ids]


def dispatches(seen: list[tuple[Micros, QueueEffect]]) -> list[tuple[str, int, int]]:
    """Pick the dispatches: request, instance, attempt."""
    return [(one.request, one.instance, one.attempt) for _, one in seen if isinstance(one, Dispatch)]


def ends(seen: list[tuple[Micros, QueueEffect]]) -> list[tuple[str, Outcome]]:
    """Pick the ends: request, outcome."""
    return [(one.request, one.outcome) for _, one in seen if isinstance(one, Ended)]
