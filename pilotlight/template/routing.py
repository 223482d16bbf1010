"""Reads which instance takes a request."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.routing import UNSAID_STRATEGY
from pilotlight.template.part import Part
from pilotlight.template.said import Said


def routing(variant: Part) -> dict[str, Any]:
    """Read the strategy of a variant, and the numbers of the one that has some."""
    config = variant.part("RoutingConfig")
    strategy = None if config is None else config.text("RoutingStrategy")
    said: dict[str, Any] = {
        "routing_strategy": Said(UNSAID_STRATEGY, variant.place) if strategy is None else strategy
    }
    prefix = None if config is None else config.part("PrefixAwareRoutingConfig")
    if prefix is not None:
        said["prefix_length"] = prefix.whole("PrefixLength")
        said["concurrency_threshold"] = prefix.whole("ConcurrencyThreshold")
    return said
