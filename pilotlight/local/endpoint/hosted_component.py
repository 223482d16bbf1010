"""What an endpoint knows of one inference component beside its copies: how its last change goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pilotlight.hosting.component_placement import (
    Component,
    CopyTiming,
    PlacementStrategy,
    Resources,
)
from pilotlight.local.control_plane.deployed_component import DeployedComponent

CREATING, UPDATING, IN_SERVICE, FAILED = "Creating", "Updating", "InService", "Failed"


@dataclass(slots=True)
class HostedComponent:
    """One component. former: what to go back to while an update is under way. removed: it is leaving."""

    deployed: DeployedComponent
    status: str = CREATING
    failure_reason: str | None = None
    former: DeployedComponent | None = None
    removed: bool = False
    generation: int = 1

    def update(self, deployed: DeployedComponent) -> None:
        """Begin to replace what runs."""
        self.former, self.deployed = self.deployed, deployed
        self.status, self.failure_reason = UPDATING, None
        self.generation += 1

    def resize(self, copies: int) -> None:
        """Begin to have another number of copies."""
        self.deployed = replace(self.deployed, copies=copies)
        self.status, self.failure_reason = UPDATING, None

    def go_back(self, reason: str) -> bool:
        """Give up a change that failed, if there is one to give up; tells whether there was."""
        former, self.former = self.former, None
        if former is None:
            return False
        self.deployed = replace(former, copies=self.deployed.copies)
        self.failure_reason = reason
        self.generation += 1
        return True

    def fail(self, reason: str) -> None:
        """It never came into service."""
        self.status, self.failure_reason = FAILED, reason

    def reached(self) -> None:
        """All copies are in service, and no other one is there."""
        if self.status != FAILED:
            self.status, self.former = IN_SERVICE, None

    def wanted(self, timing: CopyTiming) -> Component:
        """The component as the placement sees it."""
        needs = self.deployed.reserves
        return Component(
            self.deployed.name,
            needs=Resources(needs.cores, round(needs.accelerators), needs.memory_mib),
            desired=self.deployed.copies,
            strategy=PlacementStrategy.SPREAD if self.deployed.spreads else PlacementStrategy.BINPACK,
            timing=timing,
            caches=self.deployed.caches,
            batch=self.deployed.batch,
            generation=self.generation,
        )


def hosting_of(name: str, components: Mapping[str, HostedComponent]) -> HostedComponent | None:
    """The component whose copies answer: of an adapter, its base. None when there is none of this name."""
    known = components.get(name)
    if known is None or known.deployed.base is None:
        return known
    return components.get(known.deployed.base)
