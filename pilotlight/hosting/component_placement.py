"""The copies of inference components on the instances of an endpoint: where they go, start, drain and stop.

How it is driven. One `ComponentPlacement` per endpoint, beside its `InstanceFleet`, whose instances start
empty: their timing is `EMPTY_INSTANCE`, and `ContainerHealthy` is reported at once. One `RealTimeVariant` per
component, with copies for instances. One `ManagedInstances` where SageMaker scales the instances.

    what happens                              what the driver does with it
    instances: InService                      InstanceJoined
    instances: OutOfService                   InstanceLeaving, or InstanceLost when it is lost or stopped
    a component is created, updated           ComponentPut; with a higher generation when it is an update
    a component is deleted                    ComponentDeleted; CopiesReached with 0 says that it is gone
    SetCapacity, UpdateInferenceComponent-
      RuntimeConfig                           CopiesSet; CopiesReached ends the activity
    StartCopy, StopCopy                       start, stop a container; CopyHealthy, CopyDied, CopyStopped
    CopyInService                             InstanceJoined of the component's RealTimeVariant
    CopyOutOfService                          its InstanceLeaving or InstanceLost; InstanceIdle: CopyDrained
    after each step                           copies_on as CopiesOn of ManagedInstances
    RoomWanted                                the same of ManagedInstances
    TooLarge                                  the component fails (NOT_ENOUGH_HARDWARE)
    ManagedInstances: SetInstances            DesiredCountSet with copies_on as in_flight: empty ones go first
    next_deadline                             TimePassed

A request whose `RealTimeVariant` answers `NoInstance` is refused (NO_CAPACITY) and counted as
NoCapacityInvocationFailures under the name of the component: that wakes it. An adapter has no copies: those
of its base serve its requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pilotlight.hosting.component import (
    Component,
    Copy,
    CopyId,
    CopyPhase,
    CopyTiming,
    PlacementStrategy,
    Resources,
)
from pilotlight.hosting.component_events import (
    ComponentDeleted,
    ComponentPut,
    CopiesReached,
    CopiesSet,
    CopyDied,
    CopyDrained,
    CopyFailed,
    CopyHealthy,
    CopyInService,
    CopyOutOfService,
    CopyPlaced,
    CopyStopped,
    PlacementEffect,
    PlacementEvent,
    RoomWanted,
    StartCopy,
    StopCopy,
    TooLarge,
)
from pilotlight.hosting.copies_on_instances import change_instances
from pilotlight.hosting.copy_changes import (
    Transition,
    make_room,
    place_missing,
    report_room,
    retire_surplus,
    settle,
)
from pilotlight.hosting.copy_life import change_copy, fetched_at, start_fetched
from pilotlight.hosting.instance import LaunchTiming
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.placement_state import ComponentPlacement
from pilotlight.hosting.queue_events import InstanceJoined, InstanceLeaving, InstanceLost
from pilotlight.hosting.time_passed import TimePassed

__all__ = [
    "EMPTY_INSTANCE",
    "Component",
    "ComponentDeleted",
    "ComponentPlacement",
    "ComponentPut",
    "CopiesReached",
    "CopiesSet",
    "Copy",
    "CopyDied",
    "CopyDrained",
    "CopyFailed",
    "CopyHealthy",
    "CopyId",
    "CopyInService",
    "CopyOutOfService",
    "CopyPhase",
    "CopyPlaced",
    "CopyStopped",
    "CopyTiming",
    "InstanceJoined",
    "InstanceLeaving",
    "InstanceLost",
    "PlacementEffect",
    "PlacementEvent",
    "PlacementStrategy",
    "Resources",
    "RoomWanted",
    "StartCopy",
    "StopCopy",
    "TimePassed",
    "TooLarge",
    "next_deadline",
    "step",
]

EMPTY_INSTANCE: Final = LaunchTiming(4 * MINUTE, image_pull=0, model_download=0, container_start=0)
"""How long an instance takes that loads no model: copies do that, once it is in service."""


def next_deadline(state: ComponentPlacement) -> Micros | None:
    """When to send `TimePassed` at the latest; None: nothing is waiting for time."""
    fetching = (one for one in state.copies if one.phase is CopyPhase.FETCHING)
    return min((fetched_at(state, one) for one in fetching), default=None)


def step(state: ComponentPlacement, event: PlacementEvent, now: Micros) -> Transition:
    """Move the copies on. Events about copies that are gone, or in another phase, change nothing.

    Raises:
        LookupError: the event is about a component that is not there.
        ValueError: a component is put with an older generation than the one that it replaces.
    """
    state, effects = _handle(state, event, now)
    in_flight: Mapping[CopyId, int] = event.in_flight if isinstance(event, CopiesSet) else {}
    state, left = retire_surplus(state, in_flight, now)
    state, placed = place_missing(state, now)
    state, made_room = make_room(state, now)
    state, room = report_room(state)
    state, settled = settle(state)
    return state, (*effects, *left, *placed, *made_room, *room, *settled)


def _handle(state: ComponentPlacement, event: PlacementEvent, now: Micros) -> Transition:
    match event:
        case ComponentPut() | ComponentDeleted() | CopiesSet():
            return _change(state, event), ()
        case InstanceJoined() | InstanceLeaving() | InstanceLost():
            return change_instances(state, event, now)
        case TimePassed():
            return start_fetched(state, now)
        case _:
            return change_copy(state, event, now)


def _change(
    state: ComponentPlacement, event: ComponentPut | ComponentDeleted | CopiesSet
) -> ComponentPlacement:
    if isinstance(event, ComponentPut):
        return _put(state, event.component)
    known = state.component(event.name)
    if known is None:
        raise LookupError(f"component, got {event.name!r}, allowed one that was put and is not gone")
    if isinstance(event, CopiesSet):
        return state.with_component(replace(known, desired=event.count))
    state = replace(state, deleted=state.deleted | {event.name})
    return state.with_component(replace(known, desired=0))


def _put(state: ComponentPlacement, component: Component) -> ComponentPlacement:
    known = state.component(component.name)
    if known is not None and component.generation < known.generation:
        raise ValueError(f"generation, got {component.generation}, allowed at least {known.generation}")
    return state.with_component(component)
