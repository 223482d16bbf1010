"""The law: what is read from a deployment is the fleet that was deployed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pilotlight.spec import FleetSpec, load_fleet_file, resolved
from pilotlight.template import FleetReading, without_what_is_outside
from pilotlight.template.kinds import KINDS as READ
from tests.conftest import FLEETS
from tests.spec.valid_fleets import KINDS, fleets

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]


def differences(read: Any, expected: Any, path: str = "fleet") -> list[str]:
    """List where two fleets differ, for people."""
    if type(read) is not type(expected):
        return [f"{path}: read {read!r}, expected {expected!r}"]
    if hasattr(type(read), "model_fields"):
        read, expected = dict(read), dict(expected)
    if isinstance(read, dict):
        both = read.keys() | expected.keys()
        return [
            line for key in both for line in differences(read.get(key), expected.get(key), f"{path}.{key}")
        ]
    return [] if read == expected else [f"{path}: read {read!r}, expected {expected!r}"]


def assert_is(reading: FleetReading, fleet: FleetSpec) -> None:
    """Assert that everything was read, and that it is this fleet."""
    expected = without_what_is_outside(fleet)

    assert () == reading.unread
    assert [] == differences(reading.fleet, expected)
    assert expected == reading.fleet


@pytest.mark.parametrize("name", FLEETS)
def test_the_fleets_of_this_repository_are_read_back(
    name: str, read_back: Callable[..., FleetReading]
) -> None:
    """JumpStart ids, framework images, local directories, warm-up and all."""
    file = ROOT / name
    loaded = load_fleet_file(file)
    reading = read_back(loaded.fleet, source_root=file.parent, lock=loaded.lock)
    archives = [uri for uri in reading.files if uri.endswith(".tar.gz")]
    sources = [
        each.model.source
        for endpoint in loaded.fleet.endpoints.values()
        for each in endpoint.hosted
        if each.model.source is not None
    ]

    assert_is(reading, resolved(loaded.fleet, loaded.lock, dict(zip(sources, archives, strict=True))))


WARM_BELOW_A_SHARE = FleetSpec.model_validate(
    {
        "name": "a",
        "endpoints": {
            "b": {
                "kind": "multi-model",
                "model": {"ecr": {"repository": "ocr", "tag": "1"}},
                "instance_type": "ml.g4dn.xlarge",
                "gpu_memory_percent": 76.1,
                "scaling": {"track": "concurrency", "max_capacity": 2, "target_per_instance": 4},
                "warm_up": {},
            }
        },
    }
)
"""A share of 16384 MiB that is none of whole MiB."""


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],  # an example takes a second: shrink by hand
    suppress_health_check=[HealthCheck.too_slow],
)
@given(fleet=fleets(st.one_of(*(KINDS[each.name] for each in READ))))
@example(fleet=WARM_BELOW_A_SHARE)
def test_any_fleet_is_read_back(fleet: FleetSpec, read_back: Callable[..., FleetReading]) -> None:
    """Of any kinds, with any of their fields."""
    assert_is(read_back(fleet), resolved(fleet))
