"""Logical ids are a contract: a new one replaces a live endpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pilotlight_cdk import Notify

FILE = Path(__file__).resolve().parents[1] / "golden" / "logical_ids.json"


def ids_by_path(scope: Any) -> dict[str, str]:
    """The logical id of each resource, by the path of its construct."""
    from aws_cdk import CfnResource, Stack  # noqa: PLC0415 - after Node was found

    return {
        each.node.path: Stack.of(each).resolve(each.logical_id)
        for each in scope.node.find_all()
        if CfnResource.is_cfn_resource(each)
    }


def test_logical_ids_are_as_they_were(new_stack, new_endpoint, request: pytest.FixtureRequest) -> None:
    """Those of an endpoint with everything; a change here is a breaking change of the package."""
    stack = new_stack("Contract")
    new_endpoint(stack, notify=Notify(status_table=True))
    ids = ids_by_path(stack)
    if request.config.getoption("--update-golden"):
        FILE.write_text(json.dumps(ids, indent=2) + "\n", encoding="utf-8")

    assert json.loads(FILE.read_text(encoding="utf-8")) == ids


def test_the_primary_resource_is_the_default_child(new_stack, new_endpoint) -> None:
    """The CDK's escape hatch leads to the endpoint and the model."""
    stack = new_stack()
    endpoint = new_endpoint(stack)

    assert endpoint.cfn_endpoint.node.path == endpoint.node.default_child.node.path
    assert endpoint.model.cfn_model.node.path == endpoint.model.node.default_child.node.path


def test_escape_hatches_reach_the_template(new_stack, new_endpoint, resources_of) -> None:
    """What no keyword covers can still be said."""
    stack = new_stack()
    endpoint = new_endpoint(stack)
    endpoint.cfn_endpoint_config.add_property_override("ProductionVariants.0.EnableSSMAccess", True)

    (variant,) = resources_of(stack).one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert variant["EnableSSMAccess"] is True
