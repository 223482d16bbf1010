"""How SageMaker scales the instances that inference components share: out when copies find no room, in when
instances have none.

After each step of the placement the driver sends `CopiesOn`, then the `RoomWanted` of that step if there is
one; `SetInstances` becomes the `DesiredCountSet` of the instances; `next_deadline` says when to send
`TimePassed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias, assert_never

from pilotlight.hosting.component_events import RoomWanted
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.time_passed import TimePassed


class ScaleIn(StrEnum):
    """When an instance may go."""

    IDLE_RELEASE = "IDLE_RELEASE"
    CONSOLIDATION = "CONSOLIDATION"


@dataclass(frozen=True, slots=True)
class CopiesOn:
    """Event: so many copies are on each instance in service, in whatever phase."""

    copies: Mapping[InstanceId, int]


@dataclass(frozen=True, slots=True)
class BoundsSet:
    """Event: the endpoint has a configuration with other bounds. Raises ValueError when out of order."""

    minimum: int
    maximum: int

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.maximum:
            got = f"{self.minimum}..{self.maximum}"
            raise ValueError(f"bounds of the instances, got {got}, allowed 0 or more, the lower first")


InstancesEvent: TypeAlias = RoomWanted | CopiesOn | BoundsSet | TimePassed


@dataclass(frozen=True, slots=True)
class SetInstances:
    """Effect: there shall be this many instances; those without copies go first."""

    count: int


@dataclass(frozen=True, slots=True)
class ManagedInstances:
    """The state.

    Attributes:
        minimum: fewest instances; with 0 all of them go once no component has a copy.
        maximum: most instances.
        desired: how many there shall be; at first, those of the endpoint configuration.
        strategy: when an instance may go.
        release_after: with IDLE_RELEASE, how long an instance has no copy before it goes.
        cooldown: with CONSOLIDATION, the same.
        step: with CONSOLIDATION, how many go at once.
        room_wanted: instances that copies without room still need.
        idle_since: instances in service without a copy, and since when.
        serving: instances in service.
    """

    minimum: int
    maximum: int
    desired: int
    strategy: ScaleIn = ScaleIn.IDLE_RELEASE
    release_after: Micros = 10 * MINUTE
    cooldown: Micros = 20 * MINUTE
    step: int = 1
    room_wanted: int = 0
    idle_since: Mapping[InstanceId, Micros] = field(default_factory=dict)
    serving: int = 0

    @property
    def patience(self) -> Micros:
        """How long an instance without copies stays."""
        return self.release_after if self.strategy is ScaleIn.IDLE_RELEASE else self.cooldown

    @property
    def spare(self) -> int:
        """How many instances may go now, if any are idle for long enough."""
        return 0 if self.room_wanted else self.desired - self.minimum


Transition: TypeAlias = tuple[ManagedInstances, tuple[SetInstances, ...]]


def next_deadline(state: ManagedInstances) -> Micros | None:
    """When to send `TimePassed` at the latest; None: nothing is waiting for time."""
    if not state.idle_since or state.spare <= 0:
        return None
    return min(state.idle_since.values()) + state.patience


def step(state: ManagedInstances, event: InstancesEvent, now: Micros) -> Transition:
    """Take in what is known of copies and time; ask for another number of instances when it is wrong."""
    before = state.desired
    match event:
        case RoomWanted(instances):
            state = _grown(replace(state, room_wanted=instances))
        case CopiesOn(copies):
            state = _noted(state, copies, now)
        case BoundsSet(minimum, maximum):
            desired = min(max(state.desired, minimum), maximum)
            state = _grown(replace(state, minimum=minimum, maximum=maximum, desired=desired))
        case TimePassed():
            state = _released(state, now)
        case _ as never:
            assert_never(never)
    return state, (SetInstances(state.desired),) if state.desired != before else ()


def _grown(state: ManagedInstances) -> ManagedInstances:
    """Those that start already are among the instances that are wanting."""
    if not state.room_wanted:
        return state
    needed = min(state.serving + state.room_wanted, state.maximum)
    return replace(state, desired=max(state.desired, needed))


def _noted(state: ManagedInstances, copies: Mapping[InstanceId, int], now: Micros) -> ManagedInstances:
    idle = {one: state.idle_since.get(one, now) for one, count in copies.items() if not count}
    return replace(state, idle_since=idle, serving=len(copies))


def _released(state: ManagedInstances, now: Micros) -> ManagedInstances:
    due = sorted(one for one, since in state.idle_since.items() if now >= since + state.patience)
    most = state.step if state.strategy is ScaleIn.CONSOLIDATION else len(due)
    going = due[: max(0, min(state.spare, most))]
    idle = {one: since for one, since in state.idle_since.items() if one not in going}
    return replace(state, idle_since=idle, desired=state.desired - len(going))
