"""Whatever a template says, reading it gives a fleet with notes, or refuses in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from pilotlight.spec import FleetRefused, FleetSpec
from pilotlight.template import read_template
from tests.template.any_template import any_templates

pytestmark = pytest.mark.thorough

CIRCLES = {
    "Resources": {
        "A": {
            "Type": "AWS::SageMaker::Endpoint",
            "Properties": {"EndpointName": {"Fn::GetAtt": ["A", "EndpointName"]}},
        }
    },
    "Conditions": {"A": {"Condition": "B"}, "B": {"Fn::Not": [{"Condition": "A"}]}},
    "Outputs": {"A": {"Value": {"Fn::ImportValue": "a"}, "Export": {"Name": "a"}}},
}


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(template=any_templates)
@example(template=CIRCLES)
@example(template={"Resources": {"A": {"Type": "AWS::SageMaker::Endpoint", "Condition": {"Ref": "A"}}}})
def test_nothing_crashes(template: dict[str, Any]) -> None:
    """A fleet that was read is a valid one; every note has a stack and a reason."""
    reading = read_template(template)

    assert all(each.place.stack and each.reason for each in reading.unread)
    if reading.fleet is not None:
        assert reading.fleet == FleetSpec.model_validate(reading.fleet.model_dump())
        assert {*reading.fleet.endpoints} == {*reading.places}


@pytest.mark.parametrize(
    "template",
    [{"Resources": {}}, {"Resources": {"A": 3}}, {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}],
)
def test_a_template_without_endpoints_is_no_fleet(template: dict[str, Any]) -> None:
    """Nothing to read is nothing wrong."""
    assert read_template(template).fleet is None


def test_fails_when_it_is_nested_too_deeply() -> None:
    """Such a template is made to harm."""
    model = {"Type": "AWS::SageMaker::Model", "Properties": {"Containers": _deep(5000)}}
    with pytest.raises(FleetRefused, match="nested too deeply"):
        read_template({"Resources": {"A": model}})


def _deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty"),
        ("- a\n", "not a template"),
        ("{", "not JSON"),
        ("a: &x 1\nb: *x\n", "an alias"),
        ("a: [" + "[" * 200, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "a number with too many digits"),
        ("a: !!python/object:os.system x", "not a template"),
        ("Resources: 3", "not a template"),
        ("Resources:\n  A: 1\n  A: 2\n", "yaml:3: duplicate key, got A, allowed each key once"),
        ('{"Resources": {"A": 1, "A": 2}}', "duplicate key, got A, allowed each key once"),
        ("? [a]\n: b\n", "yaml:1: a key that is no text"),
        ("a: b\x00c\n", "not text, got a control character"),
        ("\tx: 1", "found character"),
    ],
)
def test_fails_when_a_file_is_no_template(text: str, what: str, tmp_path: Path) -> None:
    """With the file, and why."""
    file = tmp_path / "template.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FleetRefused) as error:
        read_template(file)

    assert what in str(error.value)
    assert {str(file)} == {each.file for each in error.value.refusals}


def test_fails_without_a_file(tmp_path: Path) -> None:
    """Neither a file nor a cdk.out."""
    with pytest.raises(FleetRefused, match="cannot be read"):
        read_template(tmp_path / "nothing.json")
    with pytest.raises(FleetRefused, match="no cloud assembly"):
        read_template(tmp_path)
