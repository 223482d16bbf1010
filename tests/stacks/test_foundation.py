"""The foundation is the same whatever the endpoints are, and is found by its outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from pilotlight.catalog import foundation
from pilotlight.spec import FleetSpec
from stacks.fleet import add_stacks

MODEL = {"ecr": {"repository": "ours", "tag": "1"}}


@pytest.fixture
def fleet_of() -> Callable[..., FleetSpec]:
    """Give a maker of fleets with asynchronous endpoints of these keys."""

    def make(*keys: str, **fields: Any) -> FleetSpec:
        endpoint = {"model": MODEL, "instance_type": "ml.m5.large"}
        return FleetSpec.model_validate({"name": "a", "endpoints": dict.fromkeys(keys, endpoint), **fields})

    return make


@pytest.fixture
def assembly_of(new_app: Callable[..., Any], tmp_path) -> Callable[[FleetSpec], Any]:
    """Give what synthesizes a fleet."""

    def synth(fleet: FleetSpec) -> Any:
        app = new_app()
        add_stacks(app, fleet, source_root=tmp_path)
        return app.synth()

    return synth


def test_endpoints_come_and_go_without_touching_it(fleet_of, assembly_of) -> None:
    """Its template is byte for byte the same with other endpoints."""
    one, two = (
        assembly_of(fleet_of(*keys)).get_stack_by_name("Pilotlight-a-foundation") for keys in ("x", "yz")
    )

    assert one.template == two.template


def test_its_outputs_are_fixed(synthesized) -> None:
    """Explicit, by the catalogue's names, none of them exported."""
    outputs = synthesized.templates["Pilotlight-starter-foundation"]["Outputs"]

    assert {*foundation.OUTPUTS} == {*outputs}
    assert all("Export" not in output and output["Description"] for output in outputs.values())


def test_it_is_protected_from_deletion(fleet_of, assembly_of) -> None:
    """The foundation is, endpoints are not."""
    stacks = assembly_of(fleet_of("x")).stacks

    assert {"Pilotlight-a-foundation": True, "Pilotlight-a-x": False, "Pilotlight-a-operations": False} == {
        stack.stack_name: stack.termination_protection for stack in stacks
    }


@pytest.mark.parametrize("kind", ["AWS::S3::Bucket", "AWS::KMS::Key", "AWS::DynamoDB::Table"])
def test_what_holds_data_outlives_it(kind: str, synthesized) -> None:
    """Deleting the stack deletes no data."""
    resources = synthesized.templates["Pilotlight-starter-foundation"]["Resources"].values()
    holding = [each for each in resources if each["Type"] == kind]

    assert holding
    assert all("Retain" == each["DeletionPolicy"] == each["UpdateReplacePolicy"] for each in holding)


def test_each_stage_has_its_own(fleet_of, assembly_of) -> None:
    """Names, tags and environment carry it; CloudFormation gives a stack's tags to all of its resources."""
    fleet = fleet_of("x", stage="dev", account="123456789012", region="eu-west-1", tags={"team": "vision"})
    stacks = {stack.stack_name: stack for stack in assembly_of(fleet).stacks}

    names = (f"Pilotlight-a-dev-{key}" for key in ("foundation", "x", "operations"))
    assert {*names} == {*stacks}
    assert {"aws://123456789012/eu-west-1"} == {stack.environment.name for stack in stacks.values()}
    ours = {"pilotlight:fleet": "a", "pilotlight:stage": "dev", "team": "vision"}
    assert ours == stacks["Pilotlight-a-dev-foundation"].tags
    assert ours | {"pilotlight:endpoint": "x"} == stacks["Pilotlight-a-dev-x"].tags


def test_the_tags_of_one_endpoint_are_on_its_model_too(assembly_of) -> None:
    """The model is beside the endpoint, so they are tags of the stack of both; they win over the fleet's."""
    endpoint = {"model": MODEL, "instance_type": "ml.m5.large", "tags": {"team": "search"}}
    said = {"name": "a", "tags": {"team": "vision", "level": "gold"}, "endpoints": {"x": endpoint}}
    stack = assembly_of(FleetSpec.model_validate(said)).get_stack_by_name("Pilotlight-a-x")

    assert {
        "pilotlight:fleet": "a",
        "pilotlight:endpoint": "x",
        "team": "search",
        "level": "gold",
    } == stack.tags


def test_without_an_account_any_will_do(fleet_of, assembly_of) -> None:
    """The region is always concrete, the account that of the credentials at deployment."""
    environments = {stack.environment.name for stack in assembly_of(fleet_of("x")).stacks}

    assert {"aws://unknown-account/us-east-1"} == environments


def test_it_creates_no_more_than_it_says(synthesized) -> None:
    """Key, two buckets, table and topic, with the policies of these."""
    resources = synthesized.templates["Pilotlight-starter-foundation"]["Resources"].values()

    assert {
        "AWS::DynamoDB::Table": 1,
        "AWS::KMS::Key": 1,
        "AWS::S3::Bucket": 2,
        "AWS::S3::BucketPolicy": 2,
        "AWS::SNS::Topic": 1,
        "AWS::SNS::TopicPolicy": 1,
    } == Counter(each["Type"] for each in resources)
