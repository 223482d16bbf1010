"""Prices: each with its source, and none where nobody published one."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from importlib.resources import files

import pytest

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.catalog.prices import Confidence, hosting_price, serverless_price
from pilotlight.catalog.regions import regions

DATA = json.loads(files("pilotlight.catalog").joinpath("data/prices.json").read_text())
ROWS = [(name, region) for region, rows in DATA["usd_per_hour"].items() for name in rows]


def test_a_price_names_its_source_and_date() -> None:
    """Whoever doubts a figure can look it up."""
    price = hosting_price("ml.g6e.2xlarge", "us-east-1")

    assert price is not None
    assert (Decimal("2.8026"), "2026-09-20", Confidence.HIGH) == (
        price.usd_per_hour,
        price.date,
        price.confidence,
    )
    assert "USE1-Host" in price.source


@pytest.mark.parametrize(("name", "region"), [("ml.m5.large", "eu-west-1"), ("ml.p5.48xlarge", "us-east-1")])
def test_an_unpublished_price_is_unknown(name: str, region: str) -> None:
    """Unknown is None: neither free, nor the price of another region, nor an old one."""
    assert hosting_price(name, region) is None


def test_every_row_is_a_price_of_something_that_exists() -> None:
    """A mistyped type or region would make its price unknown."""
    for name, region in ROWS:
        price = hosting_price(name, region)

        assert name in INSTANCE_TYPES
        assert region in regions()
        assert price is not None
        assert 0 < price.usd_per_hour < 100
        assert datetime.date.fromisoformat(price.date)


def test_every_source_is_used() -> None:
    """A source that no row cites proves nothing."""
    cited = {source for rows in DATA["usd_per_hour"].values() for _, source in rows.values()}
    cited |= {row["source"] for row in DATA["serverless_usd_per_second"].values()}

    assert cited == set(DATA["sources"])


@pytest.mark.parametrize(
    ("memory_mib", "usd", "confidence"),
    [(3072, "0.216", Confidence.HIGH), (1024, "0.072", Confidence.LOW), (6144, "0.432", Confidence.LOW)],
)
def test_an_hour_of_serverless_work_costs_in_proportion_to_its_memory(
    memory_mib: int, usd: str, confidence: Confidence
) -> None:
    """0.00006 USD per second were read for 3 GB; that the others are linear is assumed, and said."""
    price = serverless_price(memory_mib, "us-east-1")

    assert price is not None
    assert (Decimal(usd), confidence) == (price.usd_per_hour, price.confidence)
    assert ("assumed" in price.source) is (confidence is Confidence.LOW)


def test_nobody_published_what_keeping_it_ready_costs() -> None:
    """Nor what another region asks for."""
    assert serverless_price(3072, "us-east-1", provisioned=True) is None
    assert serverless_price(3072, "eu-west-1") is None
