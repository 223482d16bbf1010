"""What scaling may ask of endpoints, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Capacity:
    """The instances of one production variant now."""

    current: int
    desired: int
    in_service: bool
    """Whether the endpoint takes changes: it is neither being made, changed, deleted nor failed."""


class VariantCapacity(Protocol):
    """The production variants of a region."""

    def look(self, endpoint: str, variant: str) -> Capacity | None:
        """The capacity of a variant; None when there is no such variant."""

    def change(self, endpoint: str, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances. Raises ApiError when SageMaker refuses."""
