"""The invocations of an instance's models: forwarded, kept waiting, tried again or refused."""

from __future__ import annotations

from pilotlight.hosting.cached_model import CachedModel, ModelPhase
from pilotlight.hosting.model_cache_events import (
    CacheEffect,
    Forward,
    InvocationId,
    Invoked,
    LookedUp,
    ModelName,
    Refusal,
    Refuse,
)
from pilotlight.hosting.model_cache_state import ModelCache


def invoke(state: ModelCache, event: Invoked) -> tuple[CachedModel, tuple[CacheEffect, ...]]:
    """Forward an invocation whose model is loaded, have another one wait."""
    one = state.enter(event.invocation, event.model)
    hit = one.phase is ModelPhase.LOADED
    looked_up = LookedUp(event.invocation, one.name, hit)
    if hit:
        one.running.add(event.invocation)
        return one, (looked_up, Forward(event.invocation, one.name, waited=None))
    one.waiting[event.invocation] = state.now
    return one, (looked_up,)


def forward_waiting(state: ModelCache, one: CachedModel) -> tuple[CacheEffect, ...]:
    """Forward everybody who has waited for a model that is loaded now, in the order they came."""
    waiting, one.waiting = one.waiting, {}
    one.running.update(waiting)
    return tuple(
        Forward(invocation, one.name, waited=state.now - arrived) for invocation, arrived in waiting.items()
    )


def refuse_waiting(
    state: ModelCache, one: CachedModel, refusal: Refusal, reason: str
) -> tuple[CacheEffect, ...]:
    """Refuse everybody who waits for a model."""
    return tuple(refuse(state, one, invocation, refusal, reason) for invocation in tuple(one.waiting))


def refuse(
    state: ModelCache, one: CachedModel, invocation: InvocationId, refusal: Refusal, reason: str
) -> CacheEffect:
    """Refuse one invocation that waits."""
    del one.waiting[invocation]
    del state.invocations[invocation]
    return Refuse(invocation, one.name, refusal, reason)


def release(state: ModelCache, invocation: InvocationId) -> CachedModel | None:
    """End an invocation that runs; returns its model, or None when it does not run."""
    one = state.models.get(state.invocations.get(invocation, ""))
    if one is None or invocation not in one.running:
        return None
    del state.invocations[invocation]
    one.running.remove(invocation)
    one.retries.pop(invocation, None)
    return one


def retry(state: ModelCache, unloaded: ModelName) -> tuple[CacheEffect, ...]:
    """Forward those again that the container had no room for, once what they awaited is unloaded."""
    effects: list[CacheEffect] = []
    for one in state.models.values():
        for invocation, awaits in tuple(one.retries.items()):
            awaits.discard(unloaded)
            if not awaits:
                del one.retries[invocation]
                effects.append(Forward(invocation, one.name, waited=None))
    return tuple(effects)
