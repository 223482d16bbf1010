"""The way of a model into memory: room on the volume, download, room in memory, load; or giving up."""

from __future__ import annotations

from pilotlight.hosting.cached_model import CachedModel, ModelPhase
from pilotlight.hosting.model_cache_events import Abandon, CacheEffect, Download, Load, Refusal
from pilotlight.hosting.model_cache_invocations import refuse, refuse_waiting
from pilotlight.hosting.model_cache_room import fits_disk, fits_memory, make_disk_room, make_memory_room
from pilotlight.hosting.model_cache_state import ModelCache


def fetch(state: ModelCache, one: CachedModel) -> tuple[CacheEffect, ...]:
    """Make room for the next step of a model that is absent or on disk; `advance` takes the step."""
    if one.fetch_began is None:
        one.fetch_began, one.turn = state.now, state.count()
    on_disk = one.phase is ModelPhase.ON_DISK
    effects = make_memory_room(state, one) if on_disk else make_disk_room(state, one)
    if effects is None:
        one.fetch_began = None
        where = "in memory" if on_disk else "on the volume"
        reason = f"there is no room for the model {where}, and too little of it is unused"
        return refuse_waiting(state, one, Refusal.NO_ROOM, reason)
    one.enter(ModelPhase.AWAITING_MEMORY if on_disk else ModelPhase.AWAITING_DISK, state.now)
    return effects


def advance(state: ModelCache) -> tuple[CacheEffect, ...]:
    """Begin every download and load that has its room now, those first that have waited longest."""
    effects: list[CacheEffect] = []
    for one in state.in_phase(ModelPhase.AWAITING_DISK):
        if fits_disk(state, one):
            one.enter(ModelPhase.DOWNLOADING, state.now)
            effects.append(Download(one.name))
    for one in state.in_phase(ModelPhase.AWAITING_MEMORY):
        if not one.awaits and fits_memory(state, one):
            one.enter(ModelPhase.LOADING, state.now)
            effects.append(Load(one.name))
    return tuple(effects)


def give_up_overdue(state: ModelCache) -> tuple[CacheEffect, ...]:
    """Refuse who has lost patience, the fetch goes on; give up fetches that have taken too long."""
    effects: list[CacheEffect] = []
    for one in tuple(state.models.values()):
        for invocation, arrived in tuple(one.waiting.items()):
            if arrived + state.settings.patience <= state.now:
                reason = "the model is still being downloaded or loaded"
                effects.append(refuse(state, one, invocation, Refusal.NOT_READY, reason))
        if one.fetch_began is not None and one.fetch_began + state.settings.fetch_limit <= state.now:
            effects += _give_up(state, one)
    return tuple(effects)


def _give_up(state: ModelCache, one: CachedModel) -> tuple[CacheEffect, ...]:
    one.fetch_began = None
    begun: tuple[CacheEffect, ...] = ()
    match one.phase:
        case ModelPhase.DOWNLOADING | ModelPhase.LOADING:
            one.abandoned = True
            begun = (Abandon(one.name),)
        case ModelPhase.AWAITING_MEMORY:
            one.enter(ModelPhase.ON_DISK, state.now)
        case ModelPhase.AWAITING_DISK:
            one.enter(ModelPhase.ABSENT, state.now)
        case _:
            pass
    reason = "download and load of the model took too long"
    return (*begun, *refuse_waiting(state, one, Refusal.NOT_READY, reason))
