"""The JSON schema: fresh, and saying what the loader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from pilotlight.spec import FleetSpec, fleet_json_schema, fleet_yaml
from tests.spec.single_faults import OF_A_FLEET, OF_AN_ENDPOINT, VALID, broken
from tests.spec.valid_fleets import fleets

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "fleet.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
FLEETS = [
    path for place in ("fleet.yaml", "fleets/*.yaml", "examples/**/fleet*.yaml") for path in ROOT.glob(place)
]


def test_the_committed_schema_is_fresh() -> None:
    """`pilotlight schema > fleet.schema.json` was run after the last change."""
    assert fleet_json_schema() == SCHEMA


def test_the_schema_is_a_schema() -> None:
    """Its own rules hold."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FLEETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_fleet_of_the_repository_fits(path: Path) -> None:
    """An editor finds nothing wrong with what we ship."""
    assert [] == [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(path.read_text()))]


@pytest.mark.thorough
@given(fleet=fleets())
def test_every_fleet_fits(fleet: FleetSpec) -> None:
    """The schema refuses no file that the loader takes."""
    assert [] == [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(fleet_yaml(fleet)))]


@pytest.mark.thorough
@given(fleet=fleets())
def test_every_part_of_a_fleet_fits_into_a_stage(fleet: FleetSpec) -> None:
    """An overlay may say any part of a fleet, and needs to say none."""
    document = yaml.safe_load(fleet_yaml(fleet))
    overlay = {key: value for key, value in document.items() if key not in {"name", "stage"}}
    for endpoint in overlay["endpoints"].values():
        endpoint.pop("instance_type", None)

    assert VALIDATOR.is_valid(VALID | {"stages": {"prod": overlay, "dev": None}})


SEEN_BY_THE_SCHEMA = [
    case
    for case in OF_AN_ENDPOINT
    if case[2]
    in {"not a duration", "not a size", "unknown key", "unknown kind", "not text", "not a list", "too small"}
    or (case[2] == "out of range" and not isinstance(case[1], str) and case[1] != 10**17)
]


@pytest.mark.parametrize(("path", "value", "what"), SEEN_BY_THE_SCHEMA)
def test_fails_when_a_value_has_the_wrong_form(path: str, value: Any, what: str) -> None:
    """An editor underlines what the loader would refuse: types, units, ranges, keys."""
    assert not VALIDATOR.is_valid(broken(VALID, ["endpoints", "ocr", *path.split(".")], value)), what


BEYOND_A_SCHEMA = 0.00001
"""Its number of decimals is what is wrong with it."""


@pytest.mark.parametrize(
    ("path", "value"), [case[:2] for case in OF_A_FLEET if "." not in case[0] and case[1] != BEYOND_A_SCHEMA]
)
def test_fails_when_a_fleet_has_the_wrong_form(path: str, value: Any) -> None:
    """The same for the keys of the fleet itself."""
    assert not VALIDATOR.is_valid(broken(VALID, [path], value))


def _properties(schema: Any) -> list[tuple[str, Any]]:
    if isinstance(schema, list):
        return [found for item in schema for found in _properties(item)]
    if not isinstance(schema, dict):
        return []
    own = list(schema["properties"].items()) if isinstance(schema.get("properties"), dict) else []
    return own + [found for value in schema.values() for found in _properties(value)]


def test_every_key_is_explained() -> None:
    """Hovering over a key says what it is for."""
    assert [] == [name for name, schema in _properties(SCHEMA) if not schema.get("description")]
