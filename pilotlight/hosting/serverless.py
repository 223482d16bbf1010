"""A serverless variant: a container for each request at a time, started when none is free, ended when idle.

`ServerlessVariant` is an owned object: `step` changes it in place and returns it, as the queue does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import assert_never

from pilotlight.catalog.serverless import RESPONSE
from pilotlight.hosting.async_request import RequestId
from pilotlight.hosting.longest_time import longest_time
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.real_time_events import Ended
from pilotlight.hosting.serverless_events import (
    ConcurrencySet,
    ContainerId,
    Died,
    NotStarted,
    Requested,
    Retired,
    Serve,
    ServerlessEffect,
    ServerlessEvent,
    Started,
    StartOne,
    StopOne,
    Throttle,
)
from pilotlight.hosting.time_passed import TimePassed

Effects = tuple[ServerlessEffect, ...]

IDLE_LIMIT: Micros = 10 * MINUTE
_RESPONSE: Micros = longest_time(RESPONSE)


@dataclass(slots=True)
class ServerlessVariant:
    """The state: which containers start, which are free since when, which request each other one has.

    most: requests at a time. provisioned: containers that are never ended for being idle. idle_limit: how
    long another one is kept. response: longest time a container may take. Default: 60 seconds.
    """

    most: int = 1
    provisioned: int = 0
    idle_limit: Micros = IDLE_LIMIT
    response: Micros = _RESPONSE
    starting: dict[ContainerId, Micros] = field(default_factory=dict, repr=False)
    free: dict[ContainerId, Micros] = field(default_factory=dict, repr=False)
    running: dict[RequestId, ContainerId] = field(default_factory=dict, repr=False)
    waiting: deque[RequestId] = field(default_factory=deque, repr=False)
    is_retired: bool = False
    next_id: ContainerId = 1

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet, those that wait for a container included."""
        return len(self.running) + len(self.waiting)

    @property
    def warm(self) -> int:
        """Containers that have started."""
        return len(self.free) + len(self.running)

    @property
    def containers(self) -> int:
        """Containers that there are, in whatever state."""
        return self.warm + len(self.starting)


def next_deadline(state: ServerlessVariant) -> Micros | None:
    """When to send `TimePassed` at the latest; None: nothing is waiting for time."""
    spare = state.warm - state.provisioned
    if spare <= 0 or not state.free:
        return None
    return min(state.free.values()) + state.idle_limit


def step(state: ServerlessVariant, event: ServerlessEvent, now: Micros) -> tuple[ServerlessVariant, Effects]:
    """Take in an event. A refused event (ValueError) changes nothing; one about what is gone neither."""
    return state, _handle(state, event, now)


def _handle(state: ServerlessVariant, event: ServerlessEvent, now: Micros) -> Effects:
    match event:
        case Requested(request):
            return _take(state, request, now)
        case Ended(request):
            return _end(state, request, now)
        case ConcurrencySet():
            return _resize(state, event, now)
        case Started() | Died():
            return _hear_of(state, event, now)
        case Retired():
            return _retire(state)
        case TimePassed():
            return _pass_time(state, now)
        case _ as never:
            assert_never(never)


def _hear_of(state: ServerlessVariant, event: Started | Died, now: Micros) -> Effects:
    if isinstance(event, Started):
        return _begin(state, event.container, now)
    return _lose(state, event.container, event.reason, now)


def _retire(state: ServerlessVariant) -> Effects:
    state.is_retired, state.provisioned = True, 0
    return _release(state, list(state.free))


def _take(state: ServerlessVariant, request: RequestId, now: Micros) -> Effects:
    if request in state.running or request in state.waiting:
        raise ValueError(f"request id, got {request!r} again, allowed once until it has ended")
    if state.in_flight >= state.most:
        return (Throttle(request),)
    if state.free:
        latest = max(state.free, key=lambda one: (state.free[one], one))
        return (_serve(state, request, latest, now),)
    state.waiting.append(request)
    return _start(state, len(state.waiting) - len(state.starting), now)


def _serve(
    state: ServerlessVariant,
    request: RequestId,
    container: ContainerId,
    now: Micros,
    setup: Micros | None = None,
) -> Serve:
    state.free.pop(container, None)
    state.running[request] = container
    return Serve(request, container, now + state.response, setup)


def _end(state: ServerlessVariant, request: RequestId, now: Micros) -> Effects:
    container = state.running.pop(request, None)
    return () if container is None else _hand_on(state, container, now)


def _hand_on(
    state: ServerlessVariant, container: ContainerId, now: Micros, setup: Micros | None = None
) -> Effects:
    """A container has nothing to do: whoever waits longest gets it."""
    if state.waiting:
        return (_serve(state, state.waiting.popleft(), container, now, setup),)
    state.free[container] = now
    return _release(state, [container]) if state.is_retired else ()


def _resize(state: ServerlessVariant, event: ConcurrencySet, now: Micros) -> Effects:
    if not 0 <= event.provisioned <= event.most:
        raise ValueError(f"provisioned concurrency, got {event.provisioned}, allowed 0..{event.most}")
    state.most, state.provisioned = event.most, event.provisioned
    return _start(state, max(event.first, event.provisioned) - state.containers, now)


def _start(state: ServerlessVariant, count: int, now: Micros) -> Effects:
    ids = range(state.next_id, state.next_id + max(0, count))
    state.next_id += len(ids)
    state.starting |= dict.fromkeys(ids, now)
    return tuple(StartOne(one) for one in ids)


def _begin(state: ServerlessVariant, container: ContainerId, now: Micros) -> Effects:
    since = state.starting.pop(container, None)
    return () if since is None else _hand_on(state, container, now, setup=now - since)


def _lose(state: ServerlessVariant, container: ContainerId, reason: str, now: Micros) -> Effects:
    if state.starting.pop(container, None) is not None:
        return _fail_first(state, reason)
    state.free.pop(container, None)
    for request, where in list(state.running.items()):
        if where == container:
            del state.running[request]  # whoever waits for the answer sees itself that the container is gone
    return _start(state, state.provisioned - state.containers, now)


def _fail_first(state: ServerlessVariant, reason: str) -> Effects:
    """A container did not start: one request fewer can be served by those that still do."""
    if len(state.waiting) <= len(state.starting):
        return ()
    return (NotStarted(state.waiting.popleft(), reason),)


def _pass_time(state: ServerlessVariant, now: Micros) -> Effects:
    idle = [one for one, since in state.free.items() if now >= since + state.idle_limit]
    oldest_first = sorted(idle, key=lambda one: (state.free[one], one))
    return _release(state, oldest_first[: max(0, state.warm - state.provisioned)])


def _release(state: ServerlessVariant, containers: list[ContainerId]) -> Effects:
    for one in containers:
        del state.free[one]
    return tuple(StopOne(one) for one in containers)
