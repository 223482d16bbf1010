"""Brings the copies of components to what is wanted: some leave, some are placed, some have no room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from pilotlight.hosting.component import Component, Copy, CopyId, CopyPhase
from pilotlight.hosting.component_events import (
    CopiesReached,
    CopyOutOfService,
    CopyPlaced,
    PlacementEffect,
    RoomWanted,
    StopCopy,
    TooLarge,
)
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.placement_state import ComponentPlacement
from pilotlight.hosting.room_for_copies import empty_instances_for, first_to_go, instance_for

Transition: TypeAlias = tuple[ComponentPlacement, tuple[PlacementEffect, ...]]


def retire(state: ComponentPlacement, copy: Copy, now: Micros) -> Transition:
    """Let a copy go: what serves drains, what does not is stopped at once."""
    if copy.phase is CopyPhase.IN_SERVICE:
        drained = state.in_phase(copy, CopyPhase.DRAINING, now)
        return drained, (CopyOutOfService(copy.id, copy.component, lost=False),)
    return state.in_phase(copy, CopyPhase.STOPPING, now), (StopCopy(copy.id, copy.component),)


def retire_surplus(state: ComponentPlacement, in_flight: Mapping[CopyId, int], now: Micros) -> Transition:
    """Let those copies go that are more than wanted, and those that newer ones have replaced."""
    effects: list[PlacementEffect] = []
    for component in state.components:
        leaving = first_to_go(component, state.copies, in_flight)
        serving = _serving(state, component)
        older = [copy for copy in leaving if copy.generation < component.generation]
        newest = [copy for copy in leaving if copy.generation == component.generation]
        surplus = max(0, serving + len(older) - component.desired)
        for copy in (*older[:surplus], *newest[: max(0, len(newest) - component.desired)]):
            state, gone = retire(state, copy, now)
            effects += gone
    return state, tuple(effects)


def place_missing(state: ComponentPlacement, now: Micros) -> Transition:
    """Place the copies that are missing, as far as there is room."""
    effects: list[PlacementEffect] = []
    for component in state.components:
        for _ in range(state.missing(component)):
            instance = instance_for(component, state.copies, state.free)
            if instance is None:
                break
            state, placed = _placed(state, component, instance, now)
            effects.append(placed)
    return state, tuple(effects)


def make_room(state: ComponentPlacement, now: Micros) -> Transition:
    """Let a batch of older copies go where their successors find no room beside them."""
    effects: list[PlacementEffect] = []
    for component in state.components:
        own = state.copies_of(component.name)
        older = [copy for copy in own if copy.stays and copy.generation < component.generation]
        coming = any(not copy.stays or copy.phase is not CopyPhase.IN_SERVICE for copy in own)
        if older and state.missing(component) and not coming:
            for copy in older[: component.batch]:
                state, gone = retire(state, copy, now)
                effects += gone
    return state, tuple(effects)


def report_room(state: ComponentPlacement) -> Transition:
    """Say how many empty instances are wanting, and for which components none would do."""
    missing = [(one, state.missing(one)) for one in state.components if not _is_replaced(state, one)]
    too_large = frozenset(one.name for one, count in missing if count and not state.room.holds(one.needs))
    needs = [one.needs for one, count in missing if one.name not in too_large for _ in range(count)]
    wanted = empty_instances_for(needs, state.room)
    effects: tuple[PlacementEffect, ...] = tuple(map(TooLarge, sorted(too_large - state.too_large)))
    if wanted != state.room_wanted:
        effects += (RoomWanted(wanted),)
    return replace(state, room_wanted=wanted, too_large=too_large), effects


def settle(state: ComponentPlacement) -> Transition:
    """Say which changes are complete, and forget the components that have gone."""
    done = [one for one in state.components if one.name in state.changing and _is_reached(state, one)]
    names = frozenset(one.name for one in done)
    gone = names & state.deleted
    state = replace(
        state,
        components=tuple(one for one in state.components if one.name not in gone),
        deleted=state.deleted - gone,
        changing=state.changing - names,
    )
    return state, tuple(CopiesReached(one.name, one.desired) for one in done)


def _placed(
    state: ComponentPlacement, component: Component, instance: InstanceId, now: Micros
) -> tuple[ComponentPlacement, CopyPlaced]:
    copy = Copy(
        id=state.next_id,
        component=component.name,
        generation=component.generation,
        needs=component.needs,
        instance=instance,
        phase=CopyPhase.FETCHING,
        since=now,
    )
    changed = replace(state, copies=(*state.copies, copy), next_id=state.next_id + 1)
    return changed, CopyPlaced(copy.id, component.name, instance)


def _serving(state: ComponentPlacement, component: Component) -> int:
    own = state.copies_of(component.name)
    return sum(one.phase is CopyPhase.IN_SERVICE and one.generation == component.generation for one in own)


def _is_replaced(state: ComponentPlacement, component: Component) -> bool:
    own = state.copies_of(component.name)
    return any(one.generation < component.generation for one in own)


def _is_reached(state: ComponentPlacement, component: Component) -> bool:
    return len(state.copies_of(component.name)) == component.desired == _serving(state, component)
