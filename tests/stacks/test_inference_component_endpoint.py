"""A stack of inference components: its names, its order, and that cfn-lint and cdk-nag find nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetSpec
from tests.spec.single_faults import VALID_COMPONENTS
from tests.stacks.linted import linted
from tests.stacks.test_cfn_lint import KNOWN

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/llm:1"
LAB = json.loads(json.dumps(VALID_COMPONENTS).replace("c:1", IMAGE))
STACK = "Pilotlight-starter-llms"


@pytest.fixture(scope="module")
def lab(new_app: Callable[..., Any]) -> Any:
    """The app of a fleet of components."""
    from stacks.fleet import add_stacks  # noqa: PLC0415 - starts Node, which other tests do not need

    app = new_app()
    add_stacks(app, FleetSpec.model_validate(LAB), source_root=Path())
    return app


@pytest.fixture(scope="module")
def templates(lab) -> dict[str, dict[str, Any]]:
    """Its templates by the names of the stacks."""
    return {each.stack_name: each.template for each in lab.synth().stacks}


def test_callers_are_told_what_to_name(templates) -> None:
    """The endpoint, and each component and adapter."""
    outputs = {name: each["Value"] for name, each in templates[STACK]["Outputs"].items()}

    assert {
        "EndpointName": "starter-llms",
        "ComponentNames": "starter-llms-summarizer starter-llms-summarizer-legal",
    } == outputs


def test_the_dashboard_shows_each_component(templates) -> None:
    """AWS publishes under the names of components, and nothing under that of the variant."""
    body = json.dumps(templates["Pilotlight-starter-operations"]).replace("\\", "")

    assert "NoCapacityInvocationFailures of summarizer-legal" in body
    assert '"InferenceComponentName","starter-llms-summarizer"' in body


@pytest.mark.thorough
def test_cfn_lint_finds_no_error(templates, tmp_path: Path) -> None:
    """The schemas know which parts CloudFormation demands together."""
    assert [] == [str(each) for each in linted(templates[STACK], tmp_path) if each.rule.id not in KNOWN]


def test_cdk_nag_finds_nothing(lab) -> None:
    """Every wildcard is acknowledged where it stands."""
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - after Node was found

    found = AwsSolutionsChecks(lab).validate_scope(lab.node.find_child(STACK)).violations

    assert [] == [each.rule_name for each in found]
