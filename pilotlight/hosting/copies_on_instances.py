"""What instances that come and go mean for the copies on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias, assert_never

from pilotlight.hosting.component import CopyPhase
from pilotlight.hosting.component_events import CopyOutOfService, PlacementEffect
from pilotlight.hosting.copy_changes import Transition, retire
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.placement_state import ComponentPlacement
from pilotlight.hosting.queue_events import InstanceJoined, InstanceLeaving, InstanceLost

InstanceEvent: TypeAlias = InstanceJoined | InstanceLeaving | InstanceLost


def change_instances(state: ComponentPlacement, event: InstanceEvent, now: Micros) -> Transition:
    """Take in an instance that comes, empty one that leaves, forget one that is gone."""
    match event:
        case InstanceJoined(instance):
            if instance in state.instances:
                raise ValueError(f"instance, got {instance} again, allowed once until it is lost")
            return replace(state, instances=(*state.instances, instance)), ()
        case InstanceLeaving(instance):
            return _empty(state, instance, now)
        case InstanceLost(instance):
            return _lose_instance(state, instance)
        case _ as never:
            assert_never(never)


def _empty(state: ComponentPlacement, instance: InstanceId, now: Micros) -> Transition:
    state = replace(state, instances=tuple(one for one in state.instances if one != instance))
    effects: list[PlacementEffect] = []
    for copy in state.copies:
        if copy.instance == instance and copy.stays:
            state, gone = retire(state, copy, now)
            effects += gone
    return state, tuple(effects)


def _lose_instance(state: ComponentPlacement, instance: InstanceId) -> Transition:
    lost = [copy for copy in state.copies if copy.instance == instance]
    state = replace(
        state,
        instances=tuple(one for one in state.instances if one != instance),
        copies=tuple(copy for copy in state.copies if copy.instance != instance),
        fetched=frozenset(each for each in state.fetched if each[0] != instance),
    )
    serving = {CopyPhase.IN_SERVICE, CopyPhase.DRAINING}
    return state, tuple(
        CopyOutOfService(copy.id, copy.component, lost=True) for copy in lost if copy.phase in serving
    )
