"""What scaling may ask of endpoints, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pilotlight.local.scaling.scaled_resource import ScaledResource


@dataclass(frozen=True, slots=True)
class Capacity:
    """What there is now of what scaling counts: instances, copies, or provisioned concurrency."""

    current: int
    desired: int
    in_service: bool
    """Whether it takes changes: it is neither being made, changed, deleted nor failed."""


class ResourceCapacity(Protocol):
    """The production variants and inference components of a region."""

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The capacity of a resource; None when there is no such resource."""

    def change(self, resource: ScaledResource, count: int) -> None:
        """Begin to bring it to another capacity. Raises ApiError when SageMaker refuses."""
