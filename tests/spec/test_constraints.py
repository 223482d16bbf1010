"""The constraints of a fleet: each, broken alone, is refused where it is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.spec import FleetRefused, FleetSpec, Refusal, fleet_yaml, load_fleet
from tests.spec.single_faults import (
    OF_A_FLEET,
    OF_A_TRANSFORM,
    OF_AN_ENDPOINT,
    OF_COMPONENTS,
    VALID,
    VALID_COMPONENTS,
    VALID_TRANSFORM,
    broken,
)
from tests.spec.valid_fleets import endpoints, fleets

Refuse = Callable[..., tuple[Refusal, ...]]


@pytest.mark.parametrize(("path", "value", "what"), OF_A_FLEET)
def test_fails_when_a_fleet_breaks_a_constraint(refuse: Refuse, path: str, value: Any, what: str) -> None:
    """One fault, one refusal, at the key that is wrong."""
    (refusal,) = refuse(yaml.safe_dump(broken(VALID, path.split("."), value)))

    assert (path, what) == (refusal.path, refusal.what)
    assert refusal.got
    assert refusal.allowed


@pytest.mark.parametrize(("path", "value", "what"), OF_AN_ENDPOINT)
def test_fails_when_an_endpoint_breaks_a_constraint(refuse: Refuse, path: str, value: Any, what: str) -> None:
    """One fault, one refusal, at the key that is wrong."""
    (refusal,) = refuse(yaml.safe_dump(broken(VALID, ["endpoints", "ocr", *path.split(".")], value)))

    assert (f"endpoints.ocr.{path}", what) == (refusal.path, refusal.what)
    assert refusal.got
    assert refusal.allowed


@pytest.mark.parametrize(("path", "value", "what"), OF_COMPONENTS)
def test_fails_when_components_break_a_constraint(refuse: Refuse, path: str, value: Any, what: str) -> None:
    """One fault, one refusal, at the key that is wrong."""
    (refusal,) = refuse(
        yaml.safe_dump(broken(VALID_COMPONENTS, ["endpoints", "llms", *path.split(".")], value))
    )

    assert what == refusal.what
    assert refusal.path.startswith("endpoints.llms")
    assert refusal.got
    assert refusal.allowed


@pytest.mark.parametrize(("path", "value", "what"), OF_A_TRANSFORM)
def test_fails_when_a_transform_breaks_a_constraint(refuse: Refuse, path: str, value: Any, what: str) -> None:
    """One fault, one refusal, at the key that is wrong."""
    (refusal,) = refuse(
        yaml.safe_dump(broken(VALID_TRANSFORM, ["endpoints", "night", *path.split(".")], value))
    )

    assert (f"endpoints.night.{path}", what) == (refusal.path, refusal.what)
    assert refusal.got
    assert refusal.allowed


NEW_KEYS_APART = [case for case in OF_AN_ENDPOINT if not case[0].startswith(("model.", "deployment."))]


@pytest.mark.thorough
@given(fleet=fleets(endpoints()), case=st.sampled_from(NEW_KEYS_APART), data=st.data())
def test_any_fleet_is_refused_for_one_fault(
    tmp_path_factory: pytest.TempPathFactory,
    fleet: FleetSpec,
    case: tuple[str, Any, str],
    data: st.DataObject,
) -> None:
    """Whatever else a fleet says, one broken constraint is found at its path."""
    key = data.draw(st.sampled_from(sorted(fleet.endpoints)))
    path, value, what = case
    document = yaml.safe_load(fleet_yaml(fleet))
    file = tmp_path_factory.mktemp("broken") / "fleet.yaml"
    file.write_text(yaml.safe_dump(broken(document, ["endpoints", key, *path.split(".")], value)))
    with pytest.raises(FleetRefused) as error:
        load_fleet(file)

    assert (f"endpoints.{key}.{path}", what) in {
        (refusal.path, refusal.what) for refusal in error.value.refusals
    }
