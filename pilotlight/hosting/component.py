"""An inference component and its copies: what a copy takes of an instance, and how long it takes to start."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, TypeVar

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import MINUTE, Micros

CopyId: TypeAlias = int
"""Counts up within one endpoint: the lower, the older."""


class PlacementStrategy(StrEnum):
    """Where a further copy goes."""

    SPREAD = "SPREAD"
    BINPACK = "BINPACK"


class CopyPhase(StrEnum):
    """Where a copy is in its life; it has its share of the instance from the first to the last."""

    FETCHING = "fetching"
    STARTING = "starting"
    IN_SERVICE = "in service"
    DRAINING = "draining"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Resources:
    """What a copy reserves, or what an instance has; None of an instance: nobody knows, so it is enough.

    memory: mebibytes.
    """

    cores: float | None = None
    accelerators: int | None = None
    memory: int | None = None

    def without(self, other: Resources) -> Resources:
        """Give what is left when a copy has reserved its share."""
        return Resources(
            _less(self.cores, other.cores),
            _less(self.accelerators, other.accelerators),
            _less(self.memory, other.memory),
        )

    def holds(self, other: Resources) -> bool:
        """Tell whether a copy has room in this."""
        left = self.without(other)
        return all(each is None or each >= 0 for each in (left.cores, left.accelerators, left.memory))


@dataclass(frozen=True, slots=True)
class CopyTiming:
    """How long a copy takes on an instance that runs: four minutes by default, two with a filled cache.

    Image and model are fetched at the same time. `container_start` is for drivers that run no real container:
    the others report `CopyHealthy` when theirs answers.
    """

    image_pull: Micros = 2 * MINUTE
    model_download: Micros = 1 * MINUTE
    container_start: Micros = 2 * MINUTE

    @property
    def before_container(self) -> Micros:
        """Time from the placement to the start of the container."""
        return max(self.image_pull, self.model_download)


@dataclass(frozen=True, slots=True)
class Component:
    """One inference component as it is wanted.

    Attributes:
        name: unique on the endpoint.
        needs: what each copy reserves.
        desired: copies there shall be.
        strategy: where a further copy goes.
        timing: how long a copy takes to start.
        caches: whether an instance keeps image and model for further copies.
        batch: copies that an update replaces at once.
        generation: counts the updates; copies of an older one are replaced.
    """

    name: str
    needs: Resources = field(default_factory=Resources)
    desired: int = 0
    strategy: PlacementStrategy = PlacementStrategy.SPREAD
    timing: CopyTiming = field(default_factory=CopyTiming)
    caches: bool = False
    batch: int = 1
    generation: int = 1

    def __post_init__(self) -> None:
        if self.desired < 0:
            raise ValueError(f"desired copy count, got {self.desired}, allowed 0 or more")
        if self.batch < 1:
            raise ValueError(f"batch, got {self.batch}, allowed 1 or more")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy, on one instance for all its life. since: when it came into its phase."""

    id: CopyId
    component: str
    generation: int
    needs: Resources
    instance: InstanceId
    phase: CopyPhase
    since: Micros

    @property
    def stays(self) -> bool:
        """Whether it is not on its way out."""
        return self.phase not in {CopyPhase.DRAINING, CopyPhase.STOPPING}


Amount = TypeVar("Amount", int, float)


def _less(there: Amount | None, wanted: Amount | None) -> Amount | None:
    return there if there is None or wanted is None else there - wanted
