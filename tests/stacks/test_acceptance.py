"""Nobody deploys an expensive fleet to a real account by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.spec import FleetSpec, load_fleet
from stacks.acceptance import acceptance_refusals, real_account

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "123456789012"


@pytest.fixture(scope="module")
def showcase() -> FleetSpec:
    """Costs as much per hour as its file says that it may."""
    return load_fleet(ROOT / "fleets/showcase.yaml")


@pytest.fixture
def unpriced(showcase: FleetSpec) -> FleetSpec:
    """A fleet on a type whose price is unknown where it is."""
    return showcase.model_copy(update={"region": "af-south-1", "max_hourly_cost": None})


def test_the_figure_has_to_be_typed(showcase: FleetSpec) -> None:
    """And the refusal says how."""
    (refusal,) = acceptance_refusals(showcase, accepted=None, account=ACCOUNT)

    assert f"-c accept_hourly_cost={showcase.max_hourly_cost}" == refusal.allowed
    assert f"{showcase.max_hourly_cost} USD per hour in account 123456789012" in refusal.what


def test_a_round_figure_is_written_as_people_write_it() -> None:
    """500 times 0.94 is 470, not 4.7E+2."""
    model = {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"}
    many = {
        "kind": "async",
        "model": model,
        "instance_type": "ml.g4dn.2xlarge",
        "scaling": {"max_capacity": 500},
    }
    fleet = FleetSpec.model_validate({"name": "a", "endpoints": {"x": many}})
    (refusal,) = acceptance_refusals(fleet, accepted=None, account=ACCOUNT)

    assert "-c accept_hourly_cost=470" == refusal.allowed


@pytest.mark.parametrize("written", ["{}", "{}00"])
def test_the_right_figure_is_accepted(written: str, showcase: FleetSpec) -> None:
    """It is compared as money, not as text."""
    figure = written.format(showcase.max_hourly_cost)

    assert () == acceptance_refusals(showcase, accepted=figure, account=ACCOUNT)


@pytest.mark.parametrize("figure", ["7", "yes", "", "NaN", "unknown"])
def test_fails_with_another_figure(figure: str, showcase: FleetSpec) -> None:
    """A figure from before the fleet grew accepts nothing."""
    assert acceptance_refusals(showcase, accepted=figure, account=ACCOUNT)


def test_a_cheap_fleet_is_deployed_without_asking() -> None:
    """The starter costs cents."""
    assert () == acceptance_refusals(load_fleet(ROOT / "fleet.yaml"), accepted=None, account=ACCOUNT)


def test_without_an_account_nobody_is_billed(showcase: FleetSpec) -> None:
    """Synth, tests and an embedded AWS need no acceptance."""
    assert () == acceptance_refusals(showcase, accepted=None, account=None)


def test_an_unknown_price_is_accepted_as_such(unpriced: FleetSpec) -> None:
    """Whoever deploys it says that he does not know what it costs."""
    (refusal,) = acceptance_refusals(unpriced, accepted=None, account=ACCOUNT)

    assert "-c accept_hourly_cost=unknown" == refusal.allowed
    assert () == acceptance_refusals(unpriced, accepted="unknown", account=ACCOUNT)


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (None, ACCOUNT),
        ("https://sts.us-east-1.amazonaws.com", ACCOUNT),
        ("http://127.0.0.1:4566", None),
        ("http://localhost:4566", None),
        ("http://[::1]:4566", None),
    ],
)
def test_an_aws_on_this_machine_is_not_a_real_account(endpoint: str | None, expected: str | None) -> None:
    """Whatever account it pretends to be."""
    variables = {"CDK_DEFAULT_ACCOUNT": ACCOUNT} | (
        {} if endpoint is None else {"AWS_ENDPOINT_URL": endpoint}
    )

    assert expected == real_account(variables)


def test_without_credentials_there_is_no_account() -> None:
    """The CDK CLI passes none on."""
    assert real_account({}) is None
