"""A fleet survives being written and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pilotlight.spec import FleetRefused, FleetSpec, fleet_yaml, load_fleet
from tests.spec.smallest_endpoints import IN_ECR
from tests.spec.valid_fleets import fleets
from tests.template.every_field import FLEETS


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a place for a fleet file."""
    return tmp_path_factory.mktemp("fleet") / "fleet.yaml"


@pytest.mark.thorough
@given(fleet=fleets())
def test_a_written_fleet_reads_back(file: Path, fleet: FleetSpec) -> None:
    """YAML loses nothing: not the account's zeros, not a word that looks like a number, not a cent."""
    file.write_text(fleet_yaml(fleet), encoding="utf-8")

    assert fleet == load_fleet(file)


@pytest.mark.parametrize("fleet", FLEETS, ids=lambda fleet: fleet.name)
def test_every_field_reads_back(file: Path, fleet: FleetSpec) -> None:
    """From YAML, and from plain data."""
    file.write_text(fleet_yaml(fleet), encoding="utf-8")

    assert fleet == load_fleet(file)
    assert fleet == FleetSpec.model_validate(fleet.model_dump(mode="json"))


@pytest.mark.parametrize(
    "value", ["\x85", "\u2028", "a\nb ", "1.0", "on", "=", "\0", "ä", "\ufeff", "\U0001f525", ""]
)
def test_every_text_reads_back(file: Path, value: str) -> None:
    """Line separators, control characters and words that look like something else are kept."""
    model = {"image": IN_ECR, "environment": {"A": value}}
    fleet = FleetSpec.model_validate(
        {"name": "a", "endpoints": {"b": {"model": model, "instance_type": "ml.m5.large"}}}
    )
    file.write_text(fleet_yaml(fleet), encoding="utf-8")

    assert fleet == load_fleet(file)


@pytest.mark.thorough
@given(fleet=fleets())
def test_a_fleet_is_its_own_data(fleet: FleetSpec) -> None:
    """Dumping in Python or in JSON's words and validating gives the same fleet."""
    assert fleet == FleetSpec.model_validate(fleet.model_dump())
    assert fleet == FleetSpec.model_validate(fleet.model_dump(mode="json"))


@settings(max_examples=200)
@given(
    text=st.binary(max_size=60) | st.text("{}[]:,-#&*!|>'\"%@`? \n\tab1.<=on~", max_size=40).map(str.encode)
)
@example(b"%YAML 9.9\n---\na: b\n")
@example(b"a: !!binary '*'\n")
@example(b"name: !!int x\n")
@example(b"name: !!bool x\n")
@example(b"name: !!null x\n")
@example(b"name: !<tag:yaml.org,2002:int> ''\n")
@example(b"stages: {a: [1], b: .nan, c: {endpoints: 3}}\n")
@example(b"endpoints: {a: 3, b: [], c: null, d: .nan}\nname: a\n")
@example(b"endpoints: {a: {deployment: 3, kind: [], model: .nan}}\nname: a\n")
@example(b"endpoints: [a]\nname: [b]\ntags: {a: {}}\n")
@example(b"endpoints: {a: {model: {source: [1]}, deployment: {policy: [1]}}}\n")
def test_anything_else_is_refused_in_words(file: Path, text: bytes) -> None:
    """No file makes the loader fail in any other way than by refusing."""
    file.write_bytes(text)
    with pytest.raises(FleetRefused) as error:
        load_fleet(file)

    assert all(refusal.what and refusal.file == str(file) for refusal in error.value.refusals)
