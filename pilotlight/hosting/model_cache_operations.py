"""What follows when a download, a load or an unload has ended, well or not."""

from __future__ import annotations

from pilotlight.hosting.cached_model import CachedModel, ModelPhase
from pilotlight.hosting.model_cache_events import CacheEffect, Operation, Refusal, Took
from pilotlight.hosting.model_cache_fetch import fetch
from pilotlight.hosting.model_cache_invocations import forward_waiting, refuse_waiting, retry
from pilotlight.hosting.model_cache_room import delete, reclaim
from pilotlight.hosting.model_cache_state import ModelCache


def downloaded(state: ModelCache, one: CachedModel | None) -> tuple[CacheEffect, ...]:
    """Go on to load the model, unless it was given up and nobody has come since."""
    if one is None:
        return ()
    took = Took(Operation.DOWNLOAD, one.name, one.enter(ModelPhase.ON_DISK, state.now))
    abandoned, one.abandoned = one.abandoned, False
    if abandoned and not one.waiting:
        return (took,)
    return (took, *fetch(state, one))


def loaded(state: ModelCache, one: CachedModel | None) -> tuple[CacheEffect, ...]:
    """Forward everybody who waits, also after the load was given up."""
    if one is None:
        return ()
    took = Took(Operation.LOAD, one.name, one.enter(ModelPhase.LOADED, state.now))
    one.fetch_began, one.abandoned, one.loaded = None, False, state.count()
    return (took, *forward_waiting(state, one))


def failed(
    state: ModelCache, one: CachedModel | None, phase: ModelPhase, refusal: Refusal, reason: str
) -> tuple[CacheEffect, ...]:
    """Go back to where the operation began; who came after it was abandoned gets a new one."""
    if one is None:
        return ()
    one.enter(phase, state.now)
    one.fetch_began, abandoned, one.abandoned = None, one.abandoned, False
    if abandoned and one.waiting:
        return fetch(state, one)
    return refuse_waiting(state, one, refusal, reason)


def make_room_for_load(state: ModelCache, one: CachedModel | None) -> tuple[CacheEffect, ...]:
    """Unload one more unused model after a 507 and ask again, or refuse who waits."""
    no_room = "the container has no room for the model, and no other can be unloaded"
    if one is None or one.abandoned:
        return failed(state, one, ModelPhase.ON_DISK, Refusal.NO_ROOM, no_room)
    awaited, effects = reclaim(state)
    if not awaited:
        return failed(state, one, ModelPhase.ON_DISK, Refusal.NO_ROOM, no_room)
    one.enter(ModelPhase.AWAITING_MEMORY, state.now)
    one.awaits = awaited
    return effects


def unloaded(state: ModelCache, one: CachedModel | None) -> tuple[CacheEffect, ...]:
    """Give the room to those who await it; who has come for the model itself gets it fetched anew."""
    if one is None:
        return ()
    effects: tuple[CacheEffect, ...] = (
        Took(Operation.UNLOAD, one.name, one.enter(ModelPhase.ON_DISK, state.now)),
    )
    if one.leave_disk:
        effects += (delete(state, one),)
    for other in state.models.values():
        other.awaits.discard(one.name)
    effects += retry(state, one.name)
    return effects + (fetch(state, one) if one.waiting else ())
