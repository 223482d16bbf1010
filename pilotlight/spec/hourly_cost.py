"""What an hour of a fleet costs: instances and serverless requests, by the price that somebody published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pilotlight.catalog.prices import Price, hosting_price, serverless_price
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.hosted_endpoint import HostedEndpoint
from pilotlight.spec.path import Path
from pilotlight.spec.request_capacity import RequestCapacity


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one endpoint, or variant, is billed for, and the price of each; None when no price is known."""

    endpoint: str
    billed: str
    """An instance type, or the memory of a serverless request."""
    price: Price | None
    initial_count: int
    min_count: int
    max_count: int
    variant: str | None = None
    """Where the endpoint has several."""
    fallbacks: tuple[tuple[str, Price | None], ...] = ()
    """Types that instances may have instead, and the price of each."""
    path: Path = ("instance_type",)
    """Leads from the endpoint to where the file says it."""
    unit: str = "instances"
    """What is counted."""

    def cost_of(self, count: int) -> Decimal | None:
        """Give the US dollars per hour of `count` of them; none cost nothing, whatever the price."""
        if count == 0:
            return Decimal(0)
        return None if self.price is None else self.price.usd_per_hour * count

    def cost_at_most(self, count: int) -> Decimal | None:
        """Give the US dollars per hour of `count` instances of the dearest type that they may have."""
        prices = (self.price, *(price for _, price in self.fallbacks))
        known = [price.usd_per_hour for price in prices if price is not None]
        if count == 0:
            return Decimal(0)
        return max(known) * count if len(known) == len(prices) else None


@dataclass(frozen=True, slots=True)
class HourlyCost:
    """The US dollars per hour of a fleet; None when a price that matters is unknown.

    At most, serverless endpoints work on as many requests as they may, all the hour. Storage, requests to
    instances and data are not in it, nor the second set of instances that an update starts for some minutes.
    """

    lines: tuple[CostLine, ...]
    initial: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None


def hourly_cost(fleet: FleetSpec) -> HourlyCost:
    """Price a fleet at initial, minimum and maximum capacity."""
    lines = tuple(
        line for key, endpoint in fleet.endpoints.items() for line in _of(endpoint, key, fleet.region)
    )
    return HourlyCost(
        lines,
        initial=_total(line.cost_of(line.initial_count) for line in lines),
        minimum=_total(line.cost_of(line.min_count) for line in lines),
        maximum=_total(line.cost_at_most(line.max_count) for line in lines),
    )


def _of(endpoint: HostedEndpoint, key: str, region: str) -> Iterator[CostLine]:
    for each in endpoint.capacities:
        yield _of_instances(each, key, region)
    for requests in endpoint.request_capacities:
        yield _of_requests(requests, key, region)


def _of_instances(capacity: Capacity, key: str, region: str) -> CostLine:
    return CostLine(
        endpoint=key,
        billed=capacity.instance_type,
        price=hosting_price(capacity.instance_type, region),
        initial_count=capacity.initial,
        min_count=capacity.minimum,
        max_count=capacity.maximum,
        variant=capacity.variant,
        fallbacks=tuple((name, hosting_price(name, region)) for name in capacity.others),
        path=capacity.path,
    )


def _of_requests(capacity: RequestCapacity, key: str, region: str) -> CostLine:
    return CostLine(
        endpoint=key,
        billed=capacity.billed,
        price=serverless_price(capacity.memory_size, region, provisioned=capacity.provisioned),
        initial_count=capacity.initial,
        min_count=capacity.minimum,
        max_count=capacity.maximum,
        path=capacity.path,
        unit="requests at once",
    )


def _total(costs: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return total
