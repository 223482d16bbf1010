"""Making room for a model: what has to go from memory or from the volume, and whether that is enough."""

from __future__ import annotations

from collections.abc import Callable

from pilotlight.hosting.cached_model import CachedModel, ModelPhase
from pilotlight.hosting.model_cache_events import CacheEffect, DeleteFromDisk, ModelName, Unload
from pilotlight.hosting.model_cache_state import ModelCache


def fits_memory(state: ModelCache, one: CachedModel) -> bool:
    """Tell whether the container may get the model now."""
    budget = state.settings.memory
    return budget is None or state.memory_used + one.model.in_memory <= budget


def fits_disk(state: ModelCache, one: CachedModel) -> bool:
    """Tell whether the volume may get the model now."""
    budget = state.settings.disk
    return budget is None or state.disk_used + one.model.on_disk <= budget


def unload(state: ModelCache, one: CachedModel) -> CacheEffect:
    """Begin to unload a model that nobody uses."""
    one.enter(ModelPhase.UNLOADING, state.now)
    return Unload(one.name)


def delete(state: ModelCache, one: CachedModel) -> CacheEffect:
    """Take a model off the volume that is not in memory."""
    one.enter(ModelPhase.ABSENT, state.now)
    one.leave_disk = False
    return DeleteFromDisk(one.name)


def make_memory_room(state: ModelCache, one: CachedModel) -> tuple[CacheEffect, ...] | None:
    """Unload as many unused models as the model needs; None, and nothing is unloaded, if that is too few."""
    if state.settings.memory is None:
        return ()
    excess = state.memory_promised + one.model.in_memory - state.settings.memory
    candidates = state.evictable(state.in_phase(ModelPhase.LOADED))
    victims = _enough(candidates, excess, lambda victim: victim.model.in_memory)
    return None if victims is None else tuple(unload(state, victim) for victim in victims)


def make_disk_room(state: ModelCache, one: CachedModel) -> tuple[CacheEffect, ...] | None:
    """Delete as many unused models as the model needs; None, and nothing is deleted, if that is too few."""
    if state.settings.disk is None:
        return ()
    excess = state.disk_promised + one.model.on_disk - state.settings.disk
    victims = _enough(_deletable(state), excess, lambda victim: victim.model.on_disk)
    return None if victims is None else tuple(e for victim in victims for e in _take_off(state, victim))


def reclaim(state: ModelCache) -> tuple[set[ModelName], tuple[CacheEffect, ...]]:
    """Answer a 507 of the container: unload one more unused model.

    Returns the models to wait for before it is asked again; none: nothing more can be unloaded.
    """
    victim = next(iter(state.evictable(state.in_phase(ModelPhase.LOADED))), None)
    if victim is not None:
        return {victim.name}, (unload(state, victim),)
    return {one.name for one in state.in_phase(ModelPhase.UNLOADING)}, ()


def _enough(
    candidates: list[CachedModel], excess: int, size: Callable[[CachedModel], int]
) -> list[CachedModel] | None:
    """Take candidates in their order until the excess is gone; None if all together are too few."""
    victims: list[CachedModel] = []
    for candidate in candidates:
        if excess <= 0:
            break
        victims.append(candidate)
        excess -= size(candidate)
    return victims if excess <= 0 else None


def _deletable(state: ModelCache) -> list[CachedModel]:
    """Those first that are on the volume alone, then those on their way there, then loaded ones."""
    leaving = [one for one in state.in_phase(ModelPhase.UNLOADING) if not one.leave_disk]
    groups = (state.in_phase(ModelPhase.ON_DISK), leaving, state.in_phase(ModelPhase.LOADED))
    return [one for group in groups for one in state.evictable(group)]


def _take_off(state: ModelCache, victim: CachedModel) -> tuple[CacheEffect, ...]:
    if victim.phase is ModelPhase.ON_DISK:
        return (delete(state, victim),)
    victim.leave_disk = True
    return (unload(state, victim),) if victim.phase is ModelPhase.LOADED else ()
