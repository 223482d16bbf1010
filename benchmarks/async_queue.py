"""How much the rules of an asynchronous queue cost: events of hosting's queue beside a bare deque."""

from __future__ import annotations

from collections import deque

from benchmarks.benchmark import Benchmark, Outcome, Progress
from benchmarks.relative_speed import relative_speed
from pilotlight.hosting.async_queue import (
    Answered,
    AsyncQueue,
    AsyncRequest,
    Dispatch,
    InstanceJoined,
    QueueEvent,
    QueueSettings,
    Submitted,
    step,
)

REQUESTS, INSTANCES, CONCURRENCY = 10_000, 4, 4


def serve_with_hosting(requests: int) -> int:
    """Submit all requests, answer each as soon as it is dispatched; returns how many were answered."""
    queue = AsyncQueue(QueueSettings(CONCURRENCY))
    running: deque[Dispatch] = deque()

    def tell(event: QueueEvent, now: int) -> None:
        _, effects = step(queue, event, now)
        running.extend(effect for effect in effects if isinstance(effect, Dispatch))

    for instance in range(INSTANCES):
        tell(InstanceJoined(instance), 0)
    for number in range(requests):
        tell(Submitted(AsyncRequest(str(number))), number)
    answered = 0
    while running:
        answered += 1
        dispatch = running.popleft()
        tell(Answered(dispatch.request, dispatch.attempt), requests + answered)
    return answered


def serve_plainly(requests: int) -> int:
    """Do the same with two deques and nothing else: no expiry, no time-out, no redelivery, no metrics."""
    waiting: deque[str] = deque()
    running: deque[str] = deque()
    for number in range(requests):
        waiting.append(str(number))
        if len(running) < INSTANCES * CONCURRENCY:
            running.append(waiting.popleft())
    answered = 0
    while running:
        answered += 1
        running.popleft()
        if waiting:
            running.append(waiting.popleft())
    return answered


def _measure(progress: Progress) -> Outcome:
    return relative_speed(
        lambda: serve_with_hosting(REQUESTS),
        lambda: serve_plainly(REQUESTS),
        operations=2 * REQUESTS,
        progress=progress,
    )


BENCHMARK = Benchmark(
    "async_queue_speed", "Events of the asynchronous queue beside a bare deque in the same run", _measure
)
