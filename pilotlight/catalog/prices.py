"""Knows what an hour of hosting costs, where somebody published it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

SECONDS_OF_AN_HOUR: Final = 3600


class Confidence(StrEnum):
    """Ranks a price by who says so."""

    HIGH = "high"
    """AWS's own dated price list."""

    MEDIUM = "medium"
    """Several copies of it agree, or it was read for a use that costs the same."""

    LOW = "low"
    """One copy of it."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one instance, or one serverless request, costs in US dollars per hour, and who says so."""

    usd_per_hour: Decimal
    region: str
    source: str
    date: str
    """The day the price was read, as `2026-09-20`, or the month."""
    confidence: Confidence


def hosting_price(instance_type: str, region: str) -> Price | None:
    """Give the on-demand hosting price, which asynchronous endpoints pay too; None when it is unknown."""
    data = _data()
    row = data["usd_per_hour"].get(region, {}).get(instance_type)
    if row is None:
        return None
    source = data["sources"][row[1]]
    return Price(Decimal(row[0]), region, source["text"], source["date"], Confidence(source["confidence"]))


def serverless_price(memory_mib: int, region: str, *, provisioned: bool = False) -> Price | None:
    """Give what an hour of work on serverless requests costs; None when it is unknown.

    AWS bills the second by the memory of the container. One size was read; the others are taken in proportion
    to it, which nobody has confirmed.

    Args:
        memory_mib: of the container.
        region: where it runs.
        provisioned: whether it is about containers that are kept ready: no price of those was found.
    """
    row = None if provisioned else _data()["serverless_usd_per_second"].get(region)
    if row is None:
        return None
    source = _data()["sources"][row["source"]]
    per_hour = Decimal(row["usd"]) * SECONDS_OF_AN_HOUR * memory_mib / row["memory_mib"]
    if memory_mib == row["memory_mib"]:
        return Price(per_hour, region, source["text"], source["date"], Confidence(source["confidence"]))
    text = f"in proportion to {source['text']}, which is assumed"
    return Price(per_hour, region, text, source["date"], Confidence.LOW)


@cache
def _data() -> dict[str, Any]:
    text = files("pilotlight.catalog").joinpath("data/prices.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
