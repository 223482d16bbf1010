"""A stack per endpoint, tied to the foundation by nothing but the names of its outputs."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.catalog import foundation

ENDPOINTS = {
    "Pilotlight-showcase-autocomplete": "Pilotlight-showcase-foundation",
    "Pilotlight-showcase-codegen": "Pilotlight-showcase-foundation",
    "Pilotlight-showcase-embeddings": "Pilotlight-showcase-foundation",
    "Pilotlight-showcase-falcon": "Pilotlight-showcase-foundation",
    "Pilotlight-starter-ticket-intent": "Pilotlight-starter-foundation",
}


def values_of(key: str, part: Any) -> list[Any]:
    """Everything that stands under a key, wherever in a template."""
    if isinstance(part, dict):
        own = [part[key]] if key in part else []
        return own + [found for value in part.values() for found in values_of(key, value)]
    return [found for each in part for found in values_of(key, each)] if isinstance(part, list) else []


@pytest.mark.parametrize("stack", sorted(ENDPOINTS))
def test_references_are_weak(stack: str, synthesized) -> None:
    """An export would hold the foundation; an output is looked up when the endpoint is deployed."""
    template = synthesized.templates[stack]
    looked_up = values_of("Fn::GetStackOutput", template)

    assert [] == values_of("Fn::ImportValue", template)
    assert {ENDPOINTS[stack]} == {each["StackName"] for each in looked_up}
    assert {each["OutputName"] for each in looked_up} <= {*foundation.OUTPUTS}


@pytest.mark.parametrize("stack", sorted(ENDPOINTS))
def test_it_is_deployed_after_the_foundation(stack: str, synthesized) -> None:
    """The outputs have to be there."""
    dependencies = synthesized.app.node.find_child(stack).dependencies

    assert [ENDPOINTS[stack]] == [each.stack_name for each in dependencies]


def test_names_are_those_of_the_catalogue(synthesized) -> None:
    """Callers, operators and the foundation's life-cycle rules find it by them."""
    template = synthesized.templates["Pilotlight-starter-ticket-intent"]
    (endpoint,) = [
        each for each in template["Resources"].values() if each["Type"] == "AWS::SageMaker::Endpoint"
    ]

    assert "starter-ticket-intent" == endpoint["Properties"]["EndpointName"]
    assert "/async/ticket-intent/out" in str(template["Resources"])


def test_the_showcase_is_what_it_says(synthesized) -> None:
    """Falcon-40B on ml.g5.12xlarge with time for 80 GB, weights from the JumpStart bucket, no key on NVMe."""
    resources = synthesized.templates["Pilotlight-showcase-falcon"]["Resources"].values()
    by_type = {each["Type"]: each["Properties"] for each in resources}
    config = by_type["AWS::SageMaker::EndpointConfig"]
    (variant,) = config["ProductionVariants"]

    assert ("ml.g5.12xlarge", 3600, 3600) == (
        variant["InstanceType"],
        variant["ModelDataDownloadTimeoutInSeconds"],
        variant["ContainerStartupHealthCheckTimeoutInSeconds"],
    )
    assert "KmsKeyId" not in config
    container = by_type["AWS::SageMaker::Model"]["PrimaryContainer"]
    source = container["ModelDataSource"]["S3DataSource"]["S3Uri"]
    assert source.startswith("s3://jumpstart-cache-prod-us-east-1/")


@pytest.mark.parametrize("stack", sorted([*ENDPOINTS, *ENDPOINTS.values()]))
def test_a_template_says_what_it_is(stack: str, synthesized) -> None:
    """A reader of the console knows the fleet and the part; no metadata gets in the way."""
    template = synthesized.templates[stack]

    assert template["Description"].startswith("Pilotlight fleet ")
    assert [] == values_of("Metadata", template)
    assert "CDKMetadata" not in template["Resources"]
