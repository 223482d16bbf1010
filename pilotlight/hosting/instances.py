"""The instances of a production variant: capacity takes time to come and to go.

An instance is provisioned, fetches image and model, starts its container, is in service, drains, terminates.
The driver starts and stops containers (or pretends to) and reports what they do; `next_deadline` says when to
send `TimePassed`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from pilotlight.hosting.instance import Instance, InstanceId, LaunchTiming, Phase
from pilotlight.hosting.instance_events import (
    ContainerDied,
    ContainerHealthy,
    CountReached,
    DesiredCountSet,
    Drained,
    FleetEffect,
    FleetEvent,
    InService,
    LaunchFailed,
    LaunchInstance,
    OutOfService,
    StartContainer,
    Stopped,
    TerminateInstance,
)
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.time_passed import TimePassed

__all__ = [
    "ContainerDied",
    "ContainerHealthy",
    "CountReached",
    "DesiredCountSet",
    "Drained",
    "FleetEffect",
    "FleetEvent",
    "InService",
    "Instance",
    "InstanceFleet",
    "InstanceId",
    "LaunchFailed",
    "LaunchInstance",
    "LaunchTiming",
    "OutOfService",
    "Phase",
    "StartContainer",
    "Stopped",
    "TerminateInstance",
    "TimePassed",
    "next_deadline",
    "step",
]


@dataclass(frozen=True, slots=True)
class InstanceFleet:
    """The state: desired count and the instances that exist, oldest first.

    drain_limit: longest time an instance taken out of service may finish its requests. Default: as long as
    they take (each is bounded by its invocation timeout). changing: a new desired count is not reached yet.
    """

    timing: LaunchTiming = field(default_factory=LaunchTiming)
    drain_limit: Micros | None = None
    desired: int = 0
    instances: tuple[Instance, ...] = ()
    next_id: InstanceId = 1
    changing: bool = False

    @property
    def in_service(self) -> tuple[InstanceId, ...]:
        """The instances that take requests, oldest first."""
        return tuple(one.id for one in self.instances if one.phase is Phase.IN_SERVICE)

    def find(self, instance: InstanceId) -> Instance | None:
        """Find an instance that exists; None when it is gone or never was."""
        return next((one for one in self.instances if one.id == instance), None)


Transition: TypeAlias = tuple[InstanceFleet, tuple[FleetEffect, ...]]


def next_deadline(state: InstanceFleet) -> Micros | None:
    """When to send `TimePassed` at the latest; None: nothing is waiting for time."""
    deadlines = (_deadline(state, one) for one in state.instances)
    return min((one for one in deadlines if one is not None), default=None)


def step(state: InstanceFleet, event: FleetEvent, now: Micros) -> Transition:
    """Move the instances on. Events about instances that are gone, or in another phase, change nothing."""
    state, effects = _handle(state, event, now)
    state, launched = _launch_missing(state, now)
    state, settled = _settle(state)
    return state, (*effects, *launched, *settled)


def _handle(state: InstanceFleet, event: FleetEvent, now: Micros) -> Transition:
    match event:
        case DesiredCountSet():
            return _remove_surplus(replace(state, desired=event.count, changing=True), event, now)
        case ContainerHealthy(instance):
            return _on(state, instance, _come_into_service, now)
        case ContainerDied(instance, reason):
            return _on(state, instance, lambda fleet, one, at: _lose(fleet, one, at, reason), now)
        case Drained(instance):
            return _on(state, instance, _finish_draining, now)
        case Stopped(instance):
            return _on(state, instance, _forget, now)
        case TimePassed():
            return _pass_time(state, now)
        case _ as never:
            assert_never(never)


def _on(
    state: InstanceFleet,
    instance: InstanceId,
    change: Callable[[InstanceFleet, Instance, Micros], Transition],
    now: Micros,
) -> Transition:
    found = state.find(instance)
    return (state, ()) if found is None else change(state, found, now)


def _with_phase(state: InstanceFleet, instance: Instance, phase: Phase, now: Micros) -> InstanceFleet:
    changed = replace(instance, phase=phase, since=now)
    return replace(
        state, instances=tuple(changed if one.id == instance.id else one for one in state.instances)
    )


def _come_into_service(state: InstanceFleet, instance: Instance, now: Micros) -> Transition:
    if instance.phase is not Phase.STARTING:
        return state, ()
    return _with_phase(state, instance, Phase.IN_SERVICE, now), (InService(instance.id),)


def _lose(state: InstanceFleet, instance: Instance, now: Micros, reason: str) -> Transition:
    """Replace an instance whose container is dead: `step` launches another one."""
    gone = _with_phase(state, instance, Phase.TERMINATING, now)
    match instance.phase:
        case Phase.PROVISIONING | Phase.STARTING:
            return gone, (LaunchFailed(instance.id, reason), TerminateInstance(instance.id))
        case Phase.IN_SERVICE | Phase.DRAINING:
            return gone, (OutOfService(instance.id, lost=True), TerminateInstance(instance.id))
        case Phase.TERMINATING:
            return state, ()
        case _ as never:
            assert_never(never)


def _finish_draining(state: InstanceFleet, instance: Instance, now: Micros) -> Transition:
    if instance.phase is not Phase.DRAINING:
        return state, ()
    return _with_phase(state, instance, Phase.TERMINATING, now), (TerminateInstance(instance.id),)


def _forget(state: InstanceFleet, instance: Instance, _now: Micros) -> Transition:
    if instance.phase is not Phase.TERMINATING:
        return state, ()
    return replace(state, instances=tuple(one for one in state.instances if one.id != instance.id)), ()


def _remove_surplus(state: InstanceFleet, event: DesiredCountSet, now: Micros) -> Transition:
    effects: list[FleetEffect] = []
    present = [one for one in state.instances if _counts(one)]
    # First those that serve nobody yet, then the idlest; among equals the newest, whose caches are coldest.
    present.sort(key=lambda one: (_is_serving(one), event.in_flight.get(one.id, 0), -one.id))
    for victim in present[: max(0, len(present) - event.count)]:
        serving = _is_serving(victim)
        state = _with_phase(state, victim, Phase.DRAINING if serving else Phase.TERMINATING, now)
        effects.append(OutOfService(victim.id, lost=False) if serving else TerminateInstance(victim.id))
    return state, tuple(effects)


def _is_serving(instance: Instance) -> bool:
    return instance.phase is Phase.IN_SERVICE


def _counts(instance: Instance) -> bool:
    """Whether the instance is one of the desired ones: those on their way out are not."""
    return instance.phase not in {Phase.DRAINING, Phase.TERMINATING}


def _launch_missing(state: InstanceFleet, now: Micros) -> Transition:
    missing = max(0, state.desired - sum(map(_counts, state.instances)))
    ids = range(state.next_id, state.next_id + missing)
    launched = tuple(Instance(one, Phase.PROVISIONING, launched=now, since=now) for one in ids)
    state = replace(state, instances=(*state.instances, *launched), next_id=state.next_id + missing)
    return state, tuple(LaunchInstance(one) for one in ids)


def _settle(state: InstanceFleet) -> Transition:
    settled = len(state.instances) == state.desired and all(map(_is_serving, state.instances))
    if not (state.changing and settled):
        return state, ()
    return replace(state, changing=False), (CountReached(state.desired),)


def _deadline(state: InstanceFleet, instance: Instance) -> Micros | None:
    if instance.phase is Phase.PROVISIONING:
        return instance.since + state.timing.before_container
    if instance.phase is Phase.DRAINING and state.drain_limit is not None:
        return instance.since + state.drain_limit
    return None


def _pass_time(state: InstanceFleet, now: Micros) -> Transition:
    effects: list[FleetEffect] = []
    for instance in state.instances:
        deadline = _deadline(state, instance)
        if deadline is None or now < deadline:
            continue
        if instance.phase is Phase.PROVISIONING:
            state = _with_phase(state, instance, Phase.STARTING, now)
            effects.append(StartContainer(instance.id, state.timing.container_start))
        else:
            state, lost = _lose(state, instance, now, "drain limit")
            effects += lost
    return state, tuple(effects)
