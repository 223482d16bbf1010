"""What happens to the instances of a variant, and what their driver has to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.time_passed import TimePassed


@dataclass(frozen=True, slots=True)
class DesiredCountSet:
    """Event: the variant shall have this many instances.

    in_flight: requests running on each instance (missing: 0); idle instances go first.
    Raises ValueError when the count is negative.
    """

    count: int
    in_flight: Mapping[InstanceId, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"desired instance count, got {self.count}, allowed 0 or more")


@dataclass(frozen=True, slots=True)
class ContainerHealthy:
    """Event: the container answered /ping for the first time."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class ContainerDied:
    """Event: the container ended by itself, or did not become healthy in time."""

    instance: InstanceId
    reason: str = "container ended"


@dataclass(frozen=True, slots=True)
class Drained:
    """Event: a draining instance has no request left."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class Stopped:
    """Event: a terminated instance is gone."""

    instance: InstanceId


FleetEvent: TypeAlias = DesiredCountSet | ContainerHealthy | ContainerDied | Drained | Stopped | TimePassed


@dataclass(frozen=True, slots=True)
class LaunchInstance:
    """Effect: an instance begins to be provisioned (the bill starts)."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class StartContainer:
    """Effect: image and model are there: start the container, report `ContainerHealthy` or `ContainerDied`.

    expected: how long the start takes where no real container runs.
    """

    instance: InstanceId
    expected: Micros


@dataclass(frozen=True, slots=True)
class InService:
    """Effect: the instance takes requests from now on."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class OutOfService:
    """Effect: the instance takes no new request.

    lost: the container is gone and every request on it. Not lost: it drains, report `Drained` once it has
    no request left.
    """

    instance: InstanceId
    lost: bool


@dataclass(frozen=True, slots=True)
class LaunchFailed:
    """Effect: an instance never came into service; another one is launched in its place."""

    instance: InstanceId
    reason: str


@dataclass(frozen=True, slots=True)
class TerminateInstance:
    """Effect: stop the container and whatever belongs to the instance, report `Stopped`."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class CountReached:
    """Effect: a change of the desired count is complete: that many are in service, none comes or goes."""

    count: int


FleetEffect: TypeAlias = (
    LaunchInstance
    | StartContainer
    | InService
    | OutOfService
    | LaunchFailed
    | TerminateInstance
    | CountReached
)
