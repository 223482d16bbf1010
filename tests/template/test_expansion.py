"""What a deployment turns into further resources is named: nobody knows what hosting is in there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import RealtimeSpec
from pilotlight.template import FleetReading, read_template

ENDPOINT: dict[str, Any] = {
    "Endpoint": {
        "Type": "AWS::SageMaker::Endpoint",
        "Properties": {"EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]}},
    },
    "Config": {
        "Type": "AWS::SageMaker::EndpointConfig",
        "Properties": {
            "ProductionVariants": [
                {
                    "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]},
                    "VariantName": "AllTraffic",
                    "InstanceType": "ml.m5.large",
                    "InitialInstanceCount": 1,
                    "InitialVariantWeight": 1,
                }
            ]
        },
    },
    "Model": {"Type": "AWS::SageMaker::Model", "Properties": {"PrimaryContainer": {"Image": "c:1"}}},
}


def read(**sections: Any) -> FleetReading:
    """An endpoint beside something else."""
    return read_template({"Resources": ENDPOINT | sections.pop("Resources", {}), **sections})


def unread(**sections: Any) -> dict[str, str]:
    """What is named beside an endpoint that is read as ever: place → reason."""
    reading = read(**sections)
    assert reading.fleet is not None
    assert ["endpoint"] == [*reading.fleet.endpoints]
    return {str(each.place): each.reason for each in reading.unread}


@pytest.mark.parametrize(
    ("type_", "what"),
    [
        ("AWS::CloudFormation::Stack", "a nested stack"),
        ("AWS::CloudFormation::StackSet", "a set of stacks"),
        ("AWS::Serverless::Application", "a nested application"),
        ("AWS::ServiceCatalog::CloudFormationProvisionedProduct", "a product of Service Catalog"),
        ("My::Hosting::Endpoints::MODULE", "a module"),
    ],
)
def test_a_resource_with_resources_of_its_own_is_named(type_: str, what: str) -> None:
    """By its logical id."""
    (reason,) = [unread(Resources={"More": {"Type": type_, "Properties": {}}})["template: More"]]

    assert reason.startswith(what)
    assert reason.endswith("not read")


def test_a_nested_stack_that_is_not_deployed_is_not_named() -> None:
    """Its condition is false."""
    nested = {"Type": "AWS::CloudFormation::Stack", "Condition": "Never"}

    assert {} == unread(Resources={"More": nested}, Conditions={"Never": {"Fn::Equals": ["a", "b"]}})


def test_loops_and_macros_among_resources_are_named() -> None:
    """They stand where resources stand, and are none."""
    loop = ["Name", ["a", "b"], {"Model${Name}": {"Type": "AWS::SageMaker::Model"}}]
    macro = {"Name": "AWS::Include", "Parameters": {"Location": "s3://templates/more.yaml"}}

    assert {
        "template: Fn::ForEach::Models": "a loop: the resources that it makes are not read",
        "template: Fn::Transform": "a macro: the resources that it makes are not read",
    } == unread(
        Resources={"Fn::ForEach::Models": loop, "Fn::Transform": macro}, Transform="AWS::LanguageExtensions"
    )


@pytest.mark.parametrize(
    "transform",
    [
        "AWS::Serverless-2016-10-31",
        ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"],
        {"Name": "AWS::Serverless-2016-10-31", "Parameters": {}},
    ],
)
def test_a_macro_of_the_whole_template_is_named(transform: Any) -> None:
    """It may change every resource; the one that only adds functions changes none."""
    reason = "only the deployment runs the macro AWS::Serverless-2016-10-31, which may change anything"

    assert {"template: Transform": reason} == unread(Transform=transform)
    assert {} == unread(Transform="AWS::LanguageExtensions")


@pytest.mark.parametrize("function", ["Fn::Transform", "Fn::ForEach::Variables"])
def test_what_a_function_adds_to_properties_is_named(function: str) -> None:
    """What stands beside it is read."""
    container = {"Image": "c:1", "Environment": {"A": "1", function: {"Name": "More"}}}
    reading = read(
        Resources={"Model": {"Type": "AWS::SageMaker::Model", "Properties": {"PrimaryContainer": container}}}
    )
    assert reading.fleet is not None
    endpoint = reading.fleet.endpoints["endpoint"]

    assert isinstance(endpoint, RealtimeSpec)
    assert {"A": "1"} == endpoint.model.environment
    assert [f"template: Model.PrimaryContainer.Environment.{function}"] == [
        str(each.place) for each in reading.unread
    ]


def test_properties_that_a_macro_makes_are_named() -> None:
    """Nothing of such a resource is known."""
    endpoint = {"Type": "AWS::SageMaker::Endpoint", "Properties": {"Fn::Transform": {"Name": "Make"}}}
    places = unread(Resources={"Made": endpoint})

    assert "not known: only the deployment runs its macro" == places["template: Made.Properties"]


def test_a_macro_beside_the_properties_of_a_resource_is_named() -> None:
    """It may change all of them."""
    model = {**ENDPOINT["Model"], "Fn::Transform": {"Name": "Change"}}

    assert {"template: Model": "only the deployment runs its macro, which may change it"} == unread(
        Resources={"Model": model}
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [("InstanceType", "{{resolve:ssm:/type}}"), ("InitialInstanceCount", "{{resolve:ssm:/n}}")],
)
def test_a_dynamic_reference_is_not_taken_for_a_value(key: str, value: str) -> None:
    """CloudFormation puts something else in its place."""
    variant = {**ENDPOINT["Config"]["Properties"]["ProductionVariants"][0], key: value}
    config = {"Type": "AWS::SageMaker::EndpointConfig", "Properties": {"ProductionVariants": [variant]}}
    reading = read(Resources={"Config": config})
    (reason,) = [each.reason for each in reading.unread if each.place.path.endswith(key)]

    assert f"not known: only the deployment resolves {value}" == reason


def test_an_image_behind_a_dynamic_reference_is_read_as_it_is_written() -> None:
    """And named, as all that is only known in part."""
    container = {"Image": {"Fn::Sub": "{{resolve:ssm:/${AWS::Region}/image}}"}}
    model = {"Type": "AWS::SageMaker::Model", "Properties": {"PrimaryContainer": container}}
    reading = read(Resources={"Model": model})
    assert reading.fleet is not None

    assert "{{resolve:ssm:/us-east-1/image}}" == reading.fleet.endpoints["endpoint"].hosted[0].model.image
    assert ["template: Model.PrimaryContainer.Image"] == [str(each.place) for each in reading.unread]


def test_nested_stacks_are_named_by_the_command(tmp_path: Path) -> None:
    """A template of nothing else is not a fleet, and says what it deploys instead."""
    file = tmp_path / "nested.yaml"
    file.write_text("Resources:\n  More:\n    Type: AWS::CloudFormation::Stack\n")
    reading = read_template(file)

    assert reading.fleet is None
    assert ["nested: More: a nested stack: what it deploys is not read"] == [*map(str, reading.unread)]
