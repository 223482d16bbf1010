"""The templates pass cfn-lint, whose schemas know what SageMaker accepts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stacks.linted import linted

pytestmark = pytest.mark.thorough

KNOWN = {
    # what waits for a role waits for its policies too; a property says the first already
    "W3005": {"AWS::Lambda::Function", "AWS::SageMaker::Endpoint", "AWS::SageMaker::Model"},
}


@pytest.fixture(scope="module")
def matches(synthesized, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Everything cfn-lint says about the templates of both fleets."""
    folder: Path = tmp_path_factory.mktemp("templates")
    found = []
    for name, template in synthesized.templates.items():
        if name == "Pilotlight-showcase-foundation":
            continue  # but for names the same as the starter's, and each takes a second
        found += [(match, template) for match in linted(template, folder)]
    return found


def test_there_is_no_error(matches) -> None:
    """Errors would stop a deployment halfway."""
    assert [] == [str(match) for match, _ in matches if match.rule.id.startswith("E")]


def test_every_warning_is_known(matches) -> None:
    """Each has its reason above, and is where the reason says."""
    for match, template in matches:
        _, resource, *_ = match.path
        assert template["Resources"][resource]["Type"] in KNOWN[match.rule.id]


def test_a_wrong_instance_type_would_be_found(tmp_path: Path, synthesized) -> None:
    """The check bites: strict CloudFormation validation at synth lets this one through."""
    resources = synthesized.templates["Pilotlight-starter-ticket-intent"]["Resources"].values()
    (config,) = [each for each in resources if each["Type"] == "AWS::SageMaker::EndpointConfig"]
    (variant,) = config["Properties"]["ProductionVariants"]
    wrong = {**config["Properties"], "ProductionVariants": [{**variant, "InstanceType": "ml.m5.lagre"}]}
    template = {"Resources": {"Config": {**config, "Properties": wrong}}}

    assert "E3030" in {match.rule.id for match in linted(template, tmp_path)}
