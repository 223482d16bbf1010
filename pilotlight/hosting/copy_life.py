"""What becomes of one copy: it fetches, starts, serves, drains and stops."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias, assert_never

from pilotlight.hosting.component import Copy, CopyPhase
from pilotlight.hosting.component_events import (
    CopyDied,
    CopyDrained,
    CopyFailed,
    CopyHealthy,
    CopyInService,
    CopyOutOfService,
    CopyStopped,
    PlacementEffect,
    StartCopy,
    StopCopy,
)
from pilotlight.hosting.copy_changes import Transition
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.placement_state import ComponentPlacement

CopyEvent: TypeAlias = CopyHealthy | CopyDied | CopyDrained | CopyStopped


def change_copy(state: ComponentPlacement, event: CopyEvent, now: Micros) -> Transition:
    """Take in what the container of a copy did."""
    copy = state.find(event.copy)
    if copy is None:
        return state, ()
    match event:
        case CopyHealthy():
            return _come_into_service(state, copy, now)
        case CopyDied():
            return _lose(state, copy, now, event.reason)
        case CopyDrained():
            return _finish_draining(state, copy, now)
        case CopyStopped():
            return _forget(state, copy), ()
        case _ as never:
            assert_never(never)


def fetched_at(state: ComponentPlacement, copy: Copy) -> Micros:
    """Say when a copy that fetches image and model has them; at once where the instance has kept them."""
    component = state.component(copy.component)
    if component is None or (copy.instance, copy.component) in state.fetched:
        return copy.since
    return copy.since + component.timing.before_container


def start_fetched(state: ComponentPlacement, now: Micros) -> Transition:
    """Start the containers of the copies that have fetched everything."""
    effects: list[PlacementEffect] = []
    for copy in state.copies:
        component = state.component(copy.component)
        if component is None or copy.phase is not CopyPhase.FETCHING or now < fetched_at(state, copy):
            continue
        state = state.in_phase(copy, CopyPhase.STARTING, now)
        if component.caches:
            state = replace(state, fetched=state.fetched | {(copy.instance, copy.component)})
        expected = component.timing.container_start
        effects.append(StartCopy(copy.id, copy.component, copy.instance, expected))
    return state, tuple(effects)


def _come_into_service(state: ComponentPlacement, copy: Copy, now: Micros) -> Transition:
    if copy.phase is not CopyPhase.STARTING:
        return state, ()
    return state.in_phase(copy, CopyPhase.IN_SERVICE, now), (CopyInService(copy.id, copy.component),)


def _lose(state: ComponentPlacement, copy: Copy, now: Micros, reason: str) -> Transition:
    """Another copy is placed in its stead, once its share of the instance is free."""
    if copy.phase is CopyPhase.STOPPING:
        return state, ()
    stopping = state.in_phase(copy, CopyPhase.STOPPING, now)
    stop = StopCopy(copy.id, copy.component)
    if copy.phase in {CopyPhase.FETCHING, CopyPhase.STARTING}:
        return stopping, (CopyFailed(copy.id, copy.component, reason), stop)
    return stopping, (CopyOutOfService(copy.id, copy.component, lost=True), stop)


def _finish_draining(state: ComponentPlacement, copy: Copy, now: Micros) -> Transition:
    if copy.phase is not CopyPhase.DRAINING:
        return state, ()
    return state.in_phase(copy, CopyPhase.STOPPING, now), (StopCopy(copy.id, copy.component),)


def _forget(state: ComponentPlacement, copy: Copy) -> ComponentPlacement:
    if copy.phase is not CopyPhase.STOPPING:
        return state
    return replace(state, copies=tuple(one for one in state.copies if one.id != copy.id))
