"""What happens to the copies of inference components, and what their driver has to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pilotlight.hosting.component import Component, CopyId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.queue_events import InstanceJoined, InstanceLeaving, InstanceLost
from pilotlight.hosting.time_passed import TimePassed


@dataclass(frozen=True, slots=True)
class ComponentPut:
    """Event: a component is new, or updated; a higher generation has its copies replaced batch by batch."""

    component: Component


@dataclass(frozen=True, slots=True)
class ComponentDeleted:
    """Event: the component shall go; its copies drain, and `CopiesReached` with 0 says that none is left."""

    name: str


@dataclass(frozen=True, slots=True)
class CopiesSet:
    """Event: a component shall have so many copies.

    in_flight: requests running on each copy (missing: 0); idle copies go first.
    Raises LookupError for a component that does not exist, ValueError for a negative count.
    """

    name: str
    count: int
    in_flight: Mapping[CopyId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyHealthy:
    """Event: the container of a copy answered /ping for the first time."""

    copy: CopyId


@dataclass(frozen=True, slots=True)
class CopyDied:
    """Event: the container of a copy ended by itself, or did not become healthy in time."""

    copy: CopyId
    reason: str = "container ended"


@dataclass(frozen=True, slots=True)
class CopyDrained:
    """Event: a draining copy has no request left."""

    copy: CopyId


@dataclass(frozen=True, slots=True)
class CopyStopped:
    """Event: the container of a copy is gone, and its share of the instance free."""

    copy: CopyId


PlacementEvent: TypeAlias = (
    ComponentPut
    | ComponentDeleted
    | CopiesSet
    | InstanceJoined
    | InstanceLeaving
    | InstanceLost
    | CopyHealthy
    | CopyDied
    | CopyDrained
    | CopyStopped
    | TimePassed
)


@dataclass(frozen=True, slots=True)
class CopyPlaced:
    """Effect: a copy has its share of an instance from now on, and fetches image and model."""

    copy: CopyId
    component: str
    instance: InstanceId


@dataclass(frozen=True, slots=True)
class StartCopy:
    """Effect: image and model are there: start the container, report `CopyHealthy` or `CopyDied`.

    expected: how long the start takes where no real container runs.
    """

    copy: CopyId
    component: str
    instance: InstanceId
    expected: Micros


@dataclass(frozen=True, slots=True)
class CopyInService:
    """Effect: the copy takes requests from now on."""

    copy: CopyId
    component: str


@dataclass(frozen=True, slots=True)
class CopyOutOfService:
    """Effect: the copy takes no new request.

    lost: its container is gone and every request on it. Not lost: it drains, report `CopyDrained` once it has
    no request left.
    """

    copy: CopyId
    component: str
    lost: bool


@dataclass(frozen=True, slots=True)
class CopyFailed:
    """Effect: a copy never came into service; another one is placed instead."""

    copy: CopyId
    component: str
    reason: str


@dataclass(frozen=True, slots=True)
class StopCopy:
    """Effect: stop the container of a copy, if it has one, report `CopyStopped`."""

    copy: CopyId
    component: str


@dataclass(frozen=True, slots=True)
class RoomWanted:
    """Effect: so many empty instances more would hold the copies that have no room now; 0: all have room.

    Sent when the number changes. Whoever scales the instances may add some.
    """

    instances: int


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Effect: not even an empty instance holds a copy of this component (NOT_ENOUGH_HARDWARE)."""

    component: str


@dataclass(frozen=True, slots=True)
class CopiesReached:
    """Effect: a change of a component is complete: so many copies are in service, none comes or goes."""

    component: str
    count: int


PlacementEffect: TypeAlias = (
    CopyPlaced
    | StartCopy
    | CopyInService
    | CopyOutOfService
    | CopyFailed
    | StopCopy
    | RoomWanted
    | TooLarge
    | CopiesReached
)
