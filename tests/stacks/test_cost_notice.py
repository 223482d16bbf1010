"""Synth says what a fleet costs, and from when on."""

from __future__ import annotations

from pathlib import Path

from pilotlight.spec import FleetSpec, load_fleet
from stacks.cost_notice import cost_notice
from tests.spec.single_faults import VALID_COMPONENTS

ROOT = Path(__file__).resolve().parents[2]


def test_each_endpoint_has_its_line() -> None:
    """At first, at least, at most; with the price and its source."""
    notice = cost_notice(load_fleet(ROOT / "fleet.yaml"))

    assert "ticket-intent: ml.m5.large, 0 to 2 instances: 0.115 USD at first, 0.00 USD at least" in notice
    assert "price of ml.m5.large: 0.115 USD (" in notice


def test_the_first_instance_is_no_surprise() -> None:
    """An endpoint that sleeps at zero starts awake, and that is billed."""
    notice = cost_notice(load_fleet(ROOT / "fleet.yaml"))

    assert "an async endpoint starts with one instance" in notice
    assert "billed for it until it first falls asleep" in notice


def test_the_first_copies_are_no_surprise() -> None:
    """Components that may have none start with one each, on an instance that is billed."""
    fleet = FleetSpec.model_validate(VALID_COMPONENTS)
    notice = cost_notice(fleet)

    assert "llms: ml.g5.12xlarge, 0 to 2 instances: 7.09 USD at first, 0.00 USD at least" in notice
    assert "starts with instances and a copy of each component" in notice
    assert "async endpoint" not in notice


def test_an_unknown_price_is_said_to_be_unknown() -> None:
    """And not 0."""
    fleet = load_fleet(ROOT / "fleet.yaml").model_copy(update={"region": "af-south-1"})

    assert "unknown at first, 0.00 USD at least, unknown at most" in cost_notice(fleet)


def test_several_endpoints_have_a_sum() -> None:
    """What the fleet costs together."""
    fleet = load_fleet(ROOT / "fleet.yaml")
    twice = fleet.model_copy(
        update={"endpoints": {"a": fleet.endpoints["ticket-intent"]} | dict(fleet.endpoints)}
    )

    assert "together: 0.23 USD at first, 0.00 USD at least, 0.46 USD at most" in cost_notice(twice)
