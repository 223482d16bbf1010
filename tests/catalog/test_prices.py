"""Prices: each with its source, and none where nobody published one."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from importlib.resources import files

import pytest

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.catalog.prices import Confidence, hosting_price
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


@pytest.mark.parametrize(("name", "region"), ROWS)
def test_every_row_is_a_price_of_something_that_exists(name: str, region: str) -> None:
    """A mistyped type or region would make its price unknown."""
    price = hosting_price(name, region)

    assert name in INSTANCE_TYPES
    assert region in regions()
    assert price is not None
    assert 0 < price.usd_per_hour < 100
    assert datetime.date.fromisoformat(price.date)


def test_every_source_is_used() -> None:
    """A source that no row cites proves nothing."""
    cited = {source for rows in DATA["usd_per_hour"].values() for _, source in rows.values()}

    assert cited == set(DATA["sources"])
