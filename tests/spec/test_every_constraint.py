"""Thousands of declarations, each valid but for one thing: all are refused, where they are wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotlight.spec import FleetRefused, FleetSpec, Refusal, fleet_yaml, load_fleet
from pilotlight.spec.path import dotted
from tests.spec.broken_keys import broken_keys
from tests.spec.broken_models import OF_FLEETS, OF_MODELS, Changes
from tests.spec.broken_other_rules import OF_OTHER_ENDPOINTS
from tests.spec.broken_rules import OF_ENDPOINTS
from tests.spec.rule_sites import reached_sites, rule_sites
from tests.spec.single_faults import broken
from tests.spec.smallest_endpoints import smallest
from tests.spec.valid_fleets import KINDS, in_region

ROOT = Path(__file__).resolve().parents[2]
ENDPOINT = ("endpoints", "ocr")
ENOUGH = 2000
ELSEWHERE = ("triton", "jumpstart_model", "jumpstart_id")
"""Parts of the spec that declare no endpoint: descriptions of Triton models, the lock and its command."""

RefusedWith = Callable[[dict[str, Any]], tuple[Refusal, ...]]


class _Spelt(yaml.SafeDumper):
    """Writes what is said twice twice: fleet files have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@pytest.fixture
def refused_with(tmp_path: Path) -> RefusedWith:
    """Load a document that must be refused, beside the lock of the showcase."""
    shutil.copy(ROOT / "fleets/jumpstart.lock.json", tmp_path)
    file = tmp_path / "fleet.yaml"

    def refusals(document: dict[str, Any]) -> tuple[Refusal, ...]:
        file.write_text(yaml.dump(document, Dumper=_Spelt, sort_keys=False))
        try:
            load_fleet(file)
        except FleetRefused as error:
            return error.refusals
        raise AssertionError(f"accepted:\n{file.read_text()}")

    return refusals


def _changed(document: dict[str, Any], changes: Changes, below: tuple[str, ...] = ()) -> dict[str, Any]:
    for path, value in changes.items():
        document = broken(document, (*below, *path.split(".")), value)
    return document


def _broken_rules() -> Iterator[tuple[dict[str, Any], str]]:
    """Give every document that breaks a rule, and where."""
    for changes, path in OF_FLEETS:
        yield _changed(smallest("async"), changes), path
    for model, path in OF_MODELS:
        at = dotted((*ENDPOINT, "model", *path.split("."))) if path else dotted((*ENDPOINT, "model"))
        yield _changed(smallest("realtime"), {"model": model}, ENDPOINT), at
    for kind, changes, path in (*OF_ENDPOINTS, *OF_OTHER_ENDPOINTS):
        yield _changed(smallest(kind), changes, ENDPOINT), f"{dotted(ENDPOINT)}.{path}"


@pytest.mark.parametrize(("document", "path"), tuple(_broken_rules()))
def test_fails_when_a_rule_is_broken(document: dict[str, Any], path: str, refused_with: RefusedWith) -> None:
    """One refusal, where it is wrong, with what was given and what is allowed."""
    (refusal,) = refused_with(document)

    assert path == refusal.path
    assert refusal.what
    assert refusal.got
    assert refusal.allowed


def test_every_rule_is_broken_at_least_once(refused_with: RefusedWith) -> None:
    """No place in the source that refuses a declaration is left out."""
    with reached_sites() as reached:
        for document, _ in _broken_rules():
            refused_with(document)
        for path, value in (("volume_size", "513GiB"), ("model_data_download_timeout", "soon")):
            refused_with(_changed(smallest("async"), {path: value}, ENDPOINT))

    assert set() == {site for site in rule_sites() - reached if not site[0].startswith(ELSEWHERE)}


@pytest.mark.thorough
def test_two_thousand_declarations_with_one_broken_key(
    refused_with: RefusedWith, record_property: Callable[[str, object], None]
) -> None:
    """Every key of drawn endpoints of all kinds, with another type, out of its limits, or misspelt."""
    count = 0

    @settings(max_examples=5, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
    @given(st.tuples(*KINDS.values()))
    def each_is_refused(endpoints: tuple[Any, ...]) -> None:
        nonlocal count
        for drawn in endpoints:
            endpoint = in_region(drawn, "us-east-1", network=None)
            document = yaml.safe_load(fleet_yaml(FleetSpec(name="starter", endpoints={"ocr": endpoint})))
            for fault in broken_keys(endpoint) if count < ENOUGH else ():
                path = (*ENDPOINT, *fault.path)
                (refusal,) = refused_with(broken(document, path, fault.value))
                assert (dotted(path), fault.what) == (refusal.path, refusal.what)
                assert refusal.got
                assert refusal.allowed
                count += 1

    each_is_refused()

    record_property("figures", f"declarations with one broken key: {count}")
    assert count >= ENOUGH
