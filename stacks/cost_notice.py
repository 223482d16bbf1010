"""Says at synth what an hour of a fleet costs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pilotlight.spec import CostLine, FleetSpec, HourlyCost, hourly_cost, usd

FIRST_INSTANCE = (
    "an async endpoint starts with one instance, because SageMaker refuses none, and is billed for it until "
    "it first falls asleep: about 25 to 30 minutes after it is in service without requests"
)

FIRST_COPY = (
    "an endpoint of inference components starts with instances and a copy of each component, because "
    "SageMaker refuses none, and is billed for them until all copies and then the instances have gone: about "
    "25 minutes without requests where both may be none"
)
STARTS_WITH = {"async": FIRST_INSTANCE, "inference-components": FIRST_COPY}
"""What is said of kinds that may have no instances, but not at first."""


def cost_notice(fleet: FleetSpec) -> str:
    """Write what a fleet costs per hour, by endpoint, and where the prices are from."""
    cost = hourly_cost(fleet)
    return "".join(f"{line}\n" for line in _lines(fleet, cost))


def _lines(fleet: FleetSpec, cost: HourlyCost) -> Iterator[str]:
    yield f"cost of fleet {fleet.name} in {fleet.region}, compute only, per hour:"
    for line in cost.lines:
        yield f"  {_title(line)}: {_line(line)}"
    if len(cost.lines) > 1:
        yield f"  together: {_sums(cost.initial, cost.minimum, cost.maximum)}"
    yield from sorted({f"  price of {line.billed}: {_source(line)}" for line in cost.lines})
    sleeping = {line.endpoint for line in cost.lines if line.min_count == 0 < line.initial_count}
    for kind in sorted({fleet.endpoints[key].kind for key in sleeping} & {*STARTS_WITH}):
        yield f"  {STARTS_WITH[kind]}"


def _title(line: CostLine) -> str:
    return line.endpoint if line.variant is None else f"{line.endpoint}, variant {line.variant}"


def _line(line: CostLine) -> str:
    at_first, least = line.cost_of(line.initial_count), line.cost_of(line.min_count)
    sums = _sums(at_first, least, line.cost_at_most(line.max_count))
    billed = " or ".join((line.billed, *(name for name, _ in line.fallbacks)))
    return f"{billed}, {line.min_count} to {line.max_count} {line.unit}: {sums}"


def _sums(initial: Decimal | None, minimum: Decimal | None, maximum: Decimal | None) -> str:
    return f"{_usd(initial)} at first, {_usd(minimum)} at least, {_usd(maximum)} at most"


def _source(line: CostLine) -> str:
    if line.price is None:
        return "unknown"
    price = line.price
    return f"{usd(price.usd_per_hour)} ({price.source}, {price.date}, {price.confidence} confidence)"


def _usd(amount: Decimal | None) -> str:
    return "unknown" if amount is None else usd(amount)
