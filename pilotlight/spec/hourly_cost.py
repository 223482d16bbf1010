"""What an hour of a fleet costs: the instances, by the price that somebody published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pilotlight.catalog.prices import Price, hosting_price
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.path import Path


@dataclass(frozen=True, slots=True)
class CostLine:
    """The instances of one endpoint, or variant, and the price of each; None when no price is known."""

    endpoint: str
    instance_type: str
    price: Price | None
    initial_count: int
    min_count: int
    max_count: int
    variant: str | None = None
    """Where the endpoint has several."""
    path: Path = ("instance_type",)
    """Leads from the endpoint to where the file says the type."""

    def cost_of(self, count: int) -> Decimal | None:
        """Give the US dollars per hour of `count` instances; none cost nothing, whatever the price."""
        if count == 0:
            return Decimal(0)
        return None if self.price is None else self.price.usd_per_hour * count


@dataclass(frozen=True, slots=True)
class HourlyCost:
    """The US dollars per hour of a fleet's instances; None when a price that matters is unknown.

    Storage, requests and data transfer are not in it, nor the second set of instances that an update
    starts for some minutes.
    """

    lines: tuple[CostLine, ...]
    initial: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None


def hourly_cost(fleet: FleetSpec) -> HourlyCost:
    """Price the instances of a fleet at initial, minimum and maximum capacity."""
    lines = tuple(
        _line(fleet.region, key, capacity)
        for key, endpoint in fleet.endpoints.items()
        for capacity in endpoint.capacities
    )
    return HourlyCost(
        lines,
        initial=_total(line.cost_of(line.initial_count) for line in lines),
        minimum=_total(line.cost_of(line.min_count) for line in lines),
        maximum=_total(line.cost_of(line.max_count) for line in lines),
    )


def _line(region: str, key: str, capacity: Capacity) -> CostLine:
    return CostLine(
        endpoint=key,
        instance_type=capacity.instance_type,
        price=hosting_price(capacity.instance_type, region),
        initial_count=capacity.initial,
        min_count=capacity.minimum,
        max_count=capacity.maximum,
        variant=capacity.variant,
        path=capacity.path,
    )


def _total(costs: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return total
