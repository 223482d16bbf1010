"""How many requests may be worked on at once where their seconds are billed, not instances."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.spec.memory import format_memory
from pilotlight.spec.path import Path


@dataclass(frozen=True, slots=True)
class RequestCapacity:
    """Containers for one request each: at first, at least, at most.

    Attributes:
        memory_size: of each container, in mebibytes.
        initial: when nothing has been asked yet.
        minimum: when nobody asks.
        maximum: when as many ask as may.
        provisioned: whether they are kept ready, which has a price of its own.
        path: leads from the endpoint to the key that sets the most.
    """

    memory_size: int
    initial: int
    minimum: int
    maximum: int
    provisioned: bool
    path: Path

    @property
    def billed(self) -> str:
        """What there is a price of."""
        kept = "of provisioned concurrency" if self.provisioned else "serverless"
        return f"{format_memory(self.memory_size)} {kept}"
