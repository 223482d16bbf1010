"""Drives the inference components of one variant: what `hosting.component_placement` decides, this does."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Protocol, assert_never

from pilotlight.catalog.inference_components import NOT_ENOUGH_HARDWARE
from pilotlight.hosting import component_placement
from pilotlight.hosting.component_placement import (
    ComponentDeleted,
    ComponentPlacement,
    ComponentPut,
    CopiesReached,
    CopiesSet,
    CopyDied,
    CopyDrained,
    CopyFailed,
    CopyHealthy,
    CopyId,
    CopyInService,
    CopyOutOfService,
    CopyPlaced,
    CopyStopped,
    CopyTiming,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    PlacementEffect,
    PlacementEvent,
    Resources,
    RoomWanted,
    StartCopy,
    StopCopy,
    TimePassed,
    TooLarge,
)
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_description import ComponentDescription
from pilotlight.local.endpoint.component_requests import ComponentRequests
from pilotlight.local.endpoint.copy_containers import CopyContainers
from pilotlight.local.endpoint.direct_call import DirectCall
from pilotlight.local.endpoint.hosted_component import CREATING, UPDATING, HostedComponent, hosting_of

NO_ROOM = f"{NOT_ENOUGH_HARDWARE} to create a copy of the inference component."


class CopiesOwner(Protocol):
    """Hears of the copies on a variant, on the driver's thread."""

    def copies_moved(self, variant: str) -> None:
        """Copies came, went, or want room."""


@dataclass(frozen=True, slots=True)
class CopiesPlace:
    """What the copies on a variant need."""

    variant: str
    room: Resources
    timing: CopyTiming
    containers: CopyContainers
    requests: ComponentRequests
    owner: CopiesOwner
    clock: ScaledClock


class ComponentCopies:
    """The components of one variant and their copies. All methods are for the driver's thread."""

    def __init__(self, place: CopiesPlace) -> None:
        self._place = place
        self._events: deque[PlacementEvent] = deque()
        self._is_busy = False
        self._state = ComponentPlacement(place.room)
        self._components: dict[str, HostedComponent] = {}

    @property
    def state(self) -> ComponentPlacement:
        """Where the copies are."""
        return self._state

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet. Any thread may ask."""
        return self._place.requests.in_flight

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        return component_placement.next_deadline(self._state)

    def holds(self, component: str) -> bool:
        """Whether a component is here."""
        return component in self._components

    def join(self, instance: InstanceId) -> None:
        """An instance takes copies from now on."""
        self._step(InstanceJoined(instance))

    def leave(self, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no further copy; lost: it is gone, with all its copies."""
        self._step(InstanceLost(instance) if lost else InstanceLeaving(instance))

    def put(self, deployed: DeployedComponent) -> None:
        """Begin to make a component, or to replace its copies."""
        known = self._components.get(deployed.name)
        if known is None:
            known = self._components[deployed.name] = HostedComponent(deployed)
        else:
            known.update(deployed)
        if deployed.base is not None:
            self._place.owner.copies_moved(self._place.variant)
            return
        self._step(ComponentPut(known.wanted(self._place.timing)))

    def set_copies(self, component: str, count: int) -> None:
        """Begin to bring a component to another number of copies."""
        known = self._components.get(component)
        if known is None or known.deployed.base is not None:
            return
        known.resize(count)
        self._step(CopiesSet(component, count, self._place.requests.load(component)))

    def remove(self, component: str) -> None:
        """Begin to end all copies of a component."""
        known = self._components.get(component)
        if known is None:
            return
        known.removed = True
        if self._state.component(component) is None:  # an adapter, or one that failed and is gone already
            del self._components[component]
            self._place.owner.copies_moved(self._place.variant)
            return
        self._step(ComponentDeleted(component))

    def submit(self, call: DirectCall) -> None:
        """Say which copy a new request goes to."""
        named = str(call.invocation.component)
        hosting = hosting_of(named, self._components)
        self._place.requests.submit(call, named if hosting is None else hosting.deployed.name)

    def end(self, call: DirectCall) -> None:
        """The caller has its answer, or an error."""
        for copy in self._place.requests.end(call):
            self._step(CopyDrained(copy))

    def pass_time(self) -> None:
        """Start the copies that have fetched everything."""
        self._step(TimePassed())

    def give_up_room(self, component: str) -> None:
        """No instance will come for copies of this component: its change has failed."""
        known = self._components[component]
        if known.status == CREATING:
            self._fail(known, NO_ROOM)
        elif known.status == UPDATING and known.go_back(NO_ROOM):
            self._step(ComponentPut(known.wanted(self._place.timing)))
        elif known.status == UPDATING:
            self._settle_for(known, sum(copy.stays for copy in self._state.copies_of(component)))

    def described(self) -> tuple[ComponentDescription, ...]:
        """The components as they are now."""
        return tuple(self._described(each) for each in self._components.values())

    def _described(self, known: HostedComponent) -> ComponentDescription:
        hosting = hosting_of(known.deployed.name, self._components) or known
        copies = len(self._state.in_service(hosting.deployed.name))
        return ComponentDescription(
            name=known.deployed.name,
            deployed=known.deployed,
            status=hosting.status,
            variant=self._place.variant,
            current_copies=copies,
            desired_copies=hosting.deployed.copies,
            failure_reason=hosting.failure_reason,
        )

    def _step(self, event: PlacementEvent) -> None:
        """Take in an event, after those that are being taken in already."""
        self._events.append(event)
        if self._is_busy:
            return
        self._is_busy = True
        try:
            while self._events:
                now = self._place.clock.now()
                self._state, effects = component_placement.step(self._state, self._events.popleft(), now)
                for effect in effects:
                    self._do(effect)
        finally:
            self._is_busy = False
        self._place.owner.copies_moved(self._place.variant)

    def _do(self, effect: PlacementEffect) -> None:
        place = self._place
        match effect:
            case StartCopy(copy, component, instance):
                self._start(copy, component, instance)
            case StopCopy(copy):
                place.containers.stop(copy, lambda: self._step(CopyStopped(copy)))
            case CopyInService(copy, component):
                place.requests.join(component, copy)
            case CopyOutOfService(copy, component, lost):
                for idle in place.requests.leave(component, copy, lost=lost):
                    self._step(CopyDrained(idle))
            case CopyFailed(_, component, reason):
                self._give_up(component, f"A copy did not start. {reason}")
            case TooLarge(component):
                self._give_up(component, NO_ROOM)
            case CopiesReached(component):
                self._reached(component)
            case CopyPlaced() | RoomWanted():
                pass  # a copy that is placed has no container yet; room is the owner's affair
            case _ as never:
                assert_never(never)

    def _start(self, copy: CopyId, component: str, instance: InstanceId) -> None:
        self._place.containers.start(
            copy,
            self._components[component].deployed,
            instance,
            healthy=lambda: self._step(CopyHealthy(copy)),
            died=lambda reason: self._step(CopyDied(copy, reason)),
        )

    def _give_up(self, component: str, reason: str) -> None:
        """A change failed: a new component fails, an updated one goes back; else another copy is tried."""
        known = self._components[component]
        if known.status == CREATING and not known.removed:
            self._fail(known, reason)
        elif known.go_back(reason):
            self._step(ComponentPut(known.wanted(self._place.timing)))

    def _fail(self, known: HostedComponent, reason: str) -> None:
        known.fail(reason)
        self._step(ComponentDeleted(known.deployed.name))

    def _settle_for(self, known: HostedComponent, copies: int) -> None:
        """Have as many copies as have room, and say so."""
        known.resize(copies)
        known.failure_reason = NO_ROOM
        self._step(CopiesSet(known.deployed.name, copies))

    def _reached(self, component: str) -> None:
        known = self._components[component]
        if known.removed:
            del self._components[component]
        else:
            known.reached()
