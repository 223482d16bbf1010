"""The queue of an asynchronous endpoint: every accepted request ends exactly once.

`AsyncQueue` is an owned object: `step` changes it in place and returns it, because a frozen copy per event
would make a long run quadratic. It is deterministic: the same events at the same times give the same effects.
"""

from __future__ import annotations

from typing import assert_never

from pilotlight.hosting.async_request import AsyncRequest, Outcome, RequestId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.queue_events import (
    Abandon,
    Answered,
    Dispatch,
    Ended,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    ModelFailed,
    QueueEffect,
    QueueEvent,
    SettingsChanged,
    Submitted,
)
from pilotlight.hosting.queue_state import AsyncQueue, Entry, QueueSettings
from pilotlight.hosting.time_passed import TimePassed

__all__ = [
    "Abandon",
    "Answered",
    "AsyncQueue",
    "AsyncRequest",
    "Dispatch",
    "Ended",
    "InstanceIdle",
    "InstanceJoined",
    "InstanceLeaving",
    "InstanceLost",
    "ModelFailed",
    "Outcome",
    "QueueEffect",
    "QueueEvent",
    "QueueSettings",
    "RequestId",
    "SettingsChanged",
    "Submitted",
    "TimePassed",
    "next_deadline",
    "step",
]


def next_deadline(state: AsyncQueue) -> Micros | None:
    """When to send `TimePassed` at the latest: the next expiry or timeout; None: no request is open."""
    return state.next_deadline


def step(state: AsyncQueue, event: QueueEvent, now: Micros) -> tuple[AsyncQueue, tuple[QueueEffect, ...]]:
    """Take in an event, end what is overdue, hand waiting requests to free instances, oldest first.

    A moment before that of the last event counts as the last one: the queue's time does not run backwards.
    A refused event (ValueError) changes nothing.
    """
    _refuse(state, event)
    state.now = max(state.now, now)
    effects = _end_overdue(state)
    effects += _handle(state, event)
    effects += _end_overdue(state)
    effects += _dispatch(state)
    state.tidy()
    return state, tuple(effects)


def _refuse(state: AsyncQueue, event: QueueEvent) -> None:
    if isinstance(event, Submitted) and state.is_open(event.request.id):
        raise ValueError(f"request id, got {event.request.id!r} again, allowed once until it has ended")
    if isinstance(event, InstanceJoined) and event.instance in state.slots.load:
        raise ValueError(f"instance, got {event.instance} again, allowed once until it is idle or lost")


def _handle(state: AsyncQueue, event: QueueEvent) -> list[QueueEffect]:
    match event:
        case Submitted(request):
            state.accept(request)
        case InstanceJoined(instance):
            state.slots.join(instance)
        case InstanceLeaving(instance):
            state.slots.leave(instance)
            return _forget_if_done(state, instance)
        case InstanceLost(instance):
            return _lose(state, instance)
        case Answered(request, attempt):
            return _finish(state, state.attempt(request, attempt), Outcome.COMPLETED, None)
        case ModelFailed(request, attempt, reason):
            return _finish(state, state.attempt(request, attempt), Outcome.FAILED, reason)
        case SettingsChanged(settings):
            state.change_settings(settings)
        case TimePassed():
            pass
        case _ as never:
            assert_never(never)
    return []


def _finish(
    state: AsyncQueue, entry: Entry | None, outcome: Outcome, reason: str | None
) -> list[QueueEffect]:
    """End a request that may run on an instance, and give its place back."""
    if entry is None:
        return []
    instance = entry.instance
    state.remove(entry)
    ended = Ended(
        entry.request.id, outcome, reason, entry.submitted, entry.dispatched, state.now, entry.attempts
    )
    if instance is None:
        return [ended]
    state.slots.give_back(instance)
    return [ended, *_forget_if_done(state, instance)]


def _forget_if_done(state: AsyncQueue, instance: InstanceId) -> list[QueueEffect]:
    if not state.slots.is_done(instance):
        return []
    state.slots.remove(instance)
    return [InstanceIdle(instance)]


def _lose(state: AsyncQueue, instance: InstanceId) -> list[QueueEffect]:
    state.slots.remove(instance)
    effects: list[QueueEffect] = []
    for entry in state.running_on(instance):
        state.put_back(entry)
        if entry.attempts > state.settings.max_redeliveries:
            effects += _finish(state, entry, Outcome.FAILED, "the instance was lost during the invocation")
    return effects


def _end_overdue(state: AsyncQueue) -> list[QueueEffect]:
    effects: list[QueueEffect] = []
    while (entry := state.overdue()) is not None:
        if entry.instance is None:
            effects += _finish(state, entry, Outcome.EXPIRED, "the request was too long in the queue")
        else:
            effects.append(Abandon(entry.request.id, entry.instance, entry.attempts))
            effects += _finish(state, entry, state.settings.timeout_outcome, "the invocation timed out")
    return effects


def _dispatch(state: AsyncQueue) -> list[QueueEffect]:
    effects: list[QueueEffect] = []
    while state.waiting and (instance := state.slots.take()) is not None:
        state.tidy()
        entry = state.begin(instance)
        effects.append(Dispatch(entry.request.id, instance, entry.attempts, entry.deadline))
    return effects
