"""The models of one instance of a multi-model endpoint: fetched, loaded, evicted; each invocation ends once.

An invocation of a loaded model is forwarded at once. Otherwise it waits while the model is downloaded and
loaded, one time for all that wait; unused models make room. `ModelCache` is an owned object: `step` changes
it in place and returns it. It is deterministic: the same events at the same times give the same effects.

How it is put together with `real_time`: an invocation is routed with the instances as holders whose cache
`holds` its model; `real_time.Forward` goes to that instance's cache as `Invoked`; the cache's `Refuse`, or
the container's answer to its `Forward`, goes back as `real_time.Ended`.
"""

from __future__ import annotations

from typing import assert_never

from pilotlight.hosting.cached_model import CachedModel, ModelPhase
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.model_cache_events import (
    Abandon,
    Answered,
    CacheEffect,
    CacheEvent,
    DeleteFromDisk,
    Download,
    Downloaded,
    DownloadEvent,
    DownloadFailed,
    Forward,
    InvocationEvent,
    Invoked,
    InvokeRefused,
    Load,
    Loaded,
    LoadEvent,
    LoadFailed,
    LoadRefused,
    LookedUp,
    Operation,
    Refusal,
    Refuse,
    TargetModel,
    Took,
    Unload,
    Unloaded,
)
from pilotlight.hosting.model_cache_fetch import advance, fetch, give_up_overdue
from pilotlight.hosting.model_cache_invocations import invoke, release
from pilotlight.hosting.model_cache_operations import (
    downloaded,
    failed,
    loaded,
    make_room_for_load,
    unloaded,
)
from pilotlight.hosting.model_cache_room import reclaim, unload
from pilotlight.hosting.model_cache_settings import CacheSettings, Eviction
from pilotlight.hosting.model_cache_state import ModelCache
from pilotlight.hosting.time_passed import TimePassed

__all__ = [
    "Abandon",
    "Answered",
    "CacheEffect",
    "CacheEvent",
    "CacheSettings",
    "DeleteFromDisk",
    "Download",
    "DownloadFailed",
    "Downloaded",
    "Eviction",
    "Forward",
    "InvokeRefused",
    "Invoked",
    "Load",
    "LoadFailed",
    "LoadRefused",
    "Loaded",
    "LookedUp",
    "ModelCache",
    "Operation",
    "Refusal",
    "Refuse",
    "TargetModel",
    "TimePassed",
    "Took",
    "Unload",
    "Unloaded",
    "next_deadline",
    "step",
]


def next_deadline(state: ModelCache) -> Micros | None:
    """When to send `TimePassed` at the latest: the next loss of patience; None: nobody waits."""
    return state.next_deadline


def step(state: ModelCache, event: CacheEvent, now: Micros) -> tuple[ModelCache, tuple[CacheEffect, ...]]:
    """Take in an event, refuse who has waited too long, go on with every model that has room.

    A moment before that of the last event counts as the last one. A refused event (ValueError) changes
    nothing; one about a model that is in another phase, or an invocation that is over, neither.
    """
    if isinstance(event, Invoked) and event.invocation in state.invocations:
        raise ValueError(f"invocation id, got {event.invocation!r} again, allowed once until it has ended")
    state.now = max(state.now, now)
    effects = (*give_up_overdue(state), *_handle(state, event), *advance(state))
    state.tidy()
    return state, effects


def _handle(state: ModelCache, event: CacheEvent) -> tuple[CacheEffect, ...]:
    match event:
        case Invoked() | Answered() | InvokeRefused():
            return _about_invocation(state, event)
        case Downloaded() | DownloadFailed():
            return _about_download(state, event)
        case Loaded() | LoadRefused() | LoadFailed():
            return _about_load(state, event)
        case Unloaded(model):
            return unloaded(state, state.find(model, ModelPhase.UNLOADING))
        case TimePassed():
            return ()
        case _ as never:
            assert_never(never)


def _about_invocation(state: ModelCache, event: InvocationEvent) -> tuple[CacheEffect, ...]:
    match event:
        case Invoked():
            return _invoke(state, event)
        case Answered(invocation):
            return _finish(state, release(state, invocation))
        case InvokeRefused(invocation):
            return _make_room_for_work(state, invocation)
        case _ as never:
            assert_never(never)


def _about_download(state: ModelCache, event: DownloadEvent) -> tuple[CacheEffect, ...]:
    one = state.find(event.model, ModelPhase.DOWNLOADING)
    match event:
        case Downloaded():
            return downloaded(state, one)
        case DownloadFailed(_, reason):
            return failed(state, one, ModelPhase.ABSENT, Refusal.DOWNLOAD_FAILED, reason)
        case _ as never:
            assert_never(never)


def _about_load(state: ModelCache, event: LoadEvent) -> tuple[CacheEffect, ...]:
    one = state.find(event.model, ModelPhase.LOADING)
    match event:
        case Loaded():
            return loaded(state, one)
        case LoadRefused():
            return make_room_for_load(state, one)
        case LoadFailed(_, reason):
            return failed(state, one, ModelPhase.ON_DISK, Refusal.LOAD_FAILED, reason)
        case _ as never:
            assert_never(never)


def _invoke(state: ModelCache, event: Invoked) -> tuple[CacheEffect, ...]:
    one, effects = invoke(state, event)
    if one.phase in {ModelPhase.ABSENT, ModelPhase.ON_DISK}:
        return (*effects, *fetch(state, one))
    return effects


def _finish(state: ModelCache, one: CachedModel | None) -> tuple[CacheEffect, ...]:
    """Keep the model after an invocation, or with the cache disabled let it go."""
    if one is None or state.settings.enabled or not one.is_unused:
        return ()
    one.leave_disk = True
    return (unload(state, one),)


def _make_room_for_work(state: ModelCache, invocation: str) -> tuple[CacheEffect, ...]:
    one = state.models.get(state.invocations.get(invocation, ""))
    if one is None or invocation not in one.running or invocation in one.retries:
        return ()
    awaited, effects = reclaim(state)
    if awaited:
        one.retries[invocation] = awaited
        return effects
    reason = "the container has no room for the invocation, and no model can be unloaded"
    release(state, invocation)
    return (Refuse(invocation, one.name, Refusal.NO_ROOM, reason), *_finish(state, one))
