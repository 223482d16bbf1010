"""Holds a fleet to its `max_hourly_cost`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.hourly_cost import CostLine, hourly_cost
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import Refusal


def cost_refusals(fleet: FleetSpec) -> tuple[Refusal, ...]:
    """Say why a fleet may cost too much, or that nobody knows; empty when it is fine or has no limit.

    The fleet is held to what it costs with all endpoints at their greatest capacity.
    """
    if fleet.max_hourly_cost is None:
        return ()
    cost = hourly_cost(fleet)
    if cost.maximum is None:
        return tuple(each for line in cost.lines for each in _unknown(line, fleet.region))
    return tuple(_too_much(cost.maximum, fleet.max_hourly_cost))


def _too_much(maximum: Decimal, limit: Decimal) -> Iterator[Refusal]:
    if maximum > limit:
        what = "the fleet may cost more at maximum capacity"
        hint = "raise max_hourly_cost or lower a max_capacity"
        yield Refusal("", None, "max_hourly_cost", what, f"{usd(maximum)} per hour", usd(limit), hint)


def _unknown(line: CostLine, region: str) -> Iterator[Refusal]:
    what = f"no price is known in {region}, so max_hourly_cost cannot be held"
    allowed, hint = "something with a known price", "or no max_hourly_cost"
    pools = (*line.path[:-1], "instance_pools")
    billed = [(line.path, line.billed, line.price)]
    billed += [((*pools, at, "instance_type"), *each) for at, each in enumerate(line.fallbacks)]
    for path, name, price in billed:
        if price is None:
            where = dotted(("endpoints", line.endpoint, *path))
            yield Refusal("", None, where, what, name, allowed, hint)


def usd(amount: Decimal) -> str:
    """Write US dollars with at least cents, and no more decimals than matter."""
    exact = amount.normalize()
    cents = exact.quantize(Decimal("0.01"))
    return f"{cents if cents == exact else exact} USD"
