"""Multi-model routing: requests for a model go where it is loaded; a busy model gets a second instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.least_outstanding import LeastOutstandingRequests
from pilotlight.hosting.prefix_aware import PrefixAware
from pilotlight.hosting.random_routing import RandomRouting

PlainStrategy: TypeAlias = LeastOutstandingRequests | RandomRouting | PrefixAware


@dataclass(frozen=True, slots=True)
class ModelAffinity:
    """Send requests for a model to the instances that have it.

    among: how one of several instances is chosen. Default: the fewest outstanding requests.
    spill_at: when every holder has so many requests in flight, one that does not have the model takes the
      request, if it has fewer in flight, and fetches the model. Default: 4. None: never.
    Raises ValueError when `spill_at` is not positive.
    """

    among: PlainStrategy = field(default_factory=LeastOutstandingRequests)
    spill_at: int | None = 4

    def __post_init__(self) -> None:
        if self.spill_at is not None and self.spill_at < 1:
            raise ValueError(f"spill_at, got {self.spill_at}, allowed 1 or more requests, or none")


def candidates(
    strategy: ModelAffinity, in_flight: Mapping[InstanceId, int], holders: frozenset[InstanceId]
) -> Mapping[InstanceId, int]:
    """Narrow the instances down to those that may take a request for a model; all when nobody holds it."""
    held = {instance: count for instance, count in in_flight.items() if instance in holders}
    if not held or strategy.spill_at is None or min(held.values()) < strategy.spill_at:
        return held or in_flight
    idler = {
        instance: count
        for instance, count in in_flight.items()
        if instance not in held and count < min(held.values())
    }
    return idler or held
