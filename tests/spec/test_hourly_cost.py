"""Money: what an hour costs, and what is refused for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pilotlight.spec import FleetSpec, cost_refusals, hourly_cost, usd
from tests.spec.smallest_endpoints import IN_ECR


def _fleet(limit: float | None = None, **scalings: dict[str, Any]) -> FleetSpec:
    endpoints = {
        key: {
            "model": {"image": IN_ECR},
            "instance_type": scaling.pop("instance_type", "ml.m5.large"),
            "initial_instance_count": scaling.pop("initial", 1),
            "scaling": scaling,
        }
        for key, scaling in scalings.items()
    }
    return FleetSpec.model_validate({"name": "a", "endpoints": endpoints, "max_hourly_cost": limit})


def test_a_fleet_costs_its_instances() -> None:
    """Initial, minimum and maximum are counted apart; sleeping costs nothing."""
    cost = hourly_cost(_fleet(a={"max_capacity": 4, "initial": 2}, b={"instance_type": "ml.g5.xlarge"}))

    assert (Decimal("1.638"), Decimal(0), Decimal("1.868")) == (cost.initial, cost.minimum, cost.maximum)


def test_a_line_can_be_checked_by_a_person() -> None:
    """Endpoint, type, price with its source, and the counts."""
    (line,) = hourly_cost(_fleet(a={"max_capacity": 4})).lines

    assert ("a", "ml.m5.large", 1, 0, 4) == (
        line.endpoint,
        line.billed,
        line.initial_count,
        line.min_count,
        line.max_count,
    )
    assert line.price is not None
    assert line.price.source


def test_an_unknown_price_makes_the_sum_unknown() -> None:
    """Unknown is not free; but what has no instance costs nothing at any price."""
    cost = hourly_cost(_fleet(a={}, b={"instance_type": "ml.m5d.large"}))

    assert (None, Decimal(0), None) == (cost.initial, cost.minimum, cost.maximum)


def test_at_most_every_instance_is_of_the_dearest_type_that_it_may_have() -> None:
    """At first and at least they are of the first choice; 2 x 0.461 is what the dearest two cost."""
    fleet = _fleet(a={"max_capacity": 2, "min_capacity": 1})
    pools = (
        {"instance_type": "ml.m5.xlarge", "priority": 2},
        {"instance_type": "ml.m5.2xlarge", "priority": 3},
    )
    told = fleet.model_dump()
    told["endpoints"]["a"]["instance_pools"] = pools
    cost = hourly_cost(FleetSpec.model_validate(told))

    assert (Decimal("0.115"), Decimal("0.115"), Decimal("0.922")) == (
        cost.initial,
        cost.minimum,
        cost.maximum,
    )


def test_fails_when_a_limit_meets_a_pool_of_unknown_price() -> None:
    """The pool is blamed, not the type that is tried first."""
    told = _fleet(9, a={"max_capacity": 2}).model_dump()
    told["endpoints"]["a"]["instance_pools"] = [{"instance_type": "ml.m5d.large", "priority": 2}]
    (refusal,) = cost_refusals(FleetSpec.model_validate(told))

    assert ("endpoints.a.instance_pools[0].instance_type", "ml.m5d.large") == (refusal.path, refusal.got)


def test_without_a_limit_nothing_is_refused() -> None:
    """Who sets no limit may spend what he likes, known or not."""
    assert () == cost_refusals(_fleet(None, a={"instance_type": "ml.m5d.large", "max_capacity": 1000}))


@pytest.mark.parametrize(("limit", "refused"), [(0.46, False), (0.4599, True), (0, True)])
def test_a_limit_holds_for_the_greatest_capacity(limit: float, refused: bool) -> None:
    """The fleet may cost the limit, but not a hundredth of a cent more; 0 is a limit."""
    assert refused is bool(cost_refusals(_fleet(limit, a={"max_capacity": 4})))


def test_a_refusal_says_what_it_would_cost() -> None:
    """Both figures are in the line."""
    (refusal,) = cost_refusals(_fleet(0.4, a={"max_capacity": 4}))

    assert ("max_hourly_cost", "0.46 USD per hour", "0.40 USD") == (
        refusal.path,
        refusal.got,
        refusal.allowed,
    )


def test_fails_when_a_limit_meets_an_unknown_price() -> None:
    """A limit that nobody can hold is refused at every endpoint that makes it so."""
    fleet = _fleet(100, a={}, b={"instance_type": "ml.m5d.large"}, c={"instance_type": "ml.p5.48xlarge"})

    assert [
        ("endpoints.b.instance_type", "ml.m5d.large"),
        ("endpoints.c.instance_type", "ml.p5.48xlarge"),
    ] == [(refusal.path, refusal.got) for refusal in cost_refusals(fleet)]


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0.00 USD"), ("0.230", "0.23 USD"), ("18.8319875", "18.8319875 USD"), ("1E+2", "100.00 USD")],
)
def test_dollars_have_cents(amount: str, text: str) -> None:
    """Prices are shown exactly, and never as a power of ten."""
    assert text == usd(Decimal(amount))
