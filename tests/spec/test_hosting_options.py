"""What the comparison of the ways of hosting denies is refused, for the reason that it gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from pilotlight.catalog.hosting_options import constructs, not_here, questions
from pilotlight.spec import Refusal
from pilotlight.spec.endpoint import KINDS
from pilotlight.spec.path import dotted
from tests.spec.single_faults import broken
from tests.spec.smallest_endpoints import INVOCATIONS, smallest

Refuse = Callable[..., tuple[Refusal, ...]]

FIELDS = {kind.model_fields["kind"].default: frozenset(kind.model_fields) for kind in KINDS}
FIRST_MODEL: dict[str, tuple[str | int, ...]] = {
    "multi-container": ("containers", "ocr", "model"),
    "pipeline": ("containers", 0, "model"),
}
DENIED = {
    kind: [
        (path, value, reason)
        for row in questions()
        if (reason := row.reason_against(kind)) is not None
        for path, value in row.declares.items()
    ]
    for kind in constructs()
}


def test_the_comparison_is_about_all_kinds() -> None:
    """A kind that is not in it could neither be looked up nor refuse in its words."""
    assert set(FIELDS) == set(constructs())


@pytest.mark.parametrize("kind", FIELDS)
def test_fails_when_a_kind_is_asked_for_what_it_cannot_do(refuse: Refuse, kind: str) -> None:
    """Every cell that says no: one refusal, at the key that asks for it, with the reason of the page."""
    for path, value, reason in DENIED[kind]:
        at = ("endpoints", "ocr", *_below_the_endpoint(kind, path))
        (refusal,) = refuse(_asking(kind, at, value))

        assert dotted(at) == refusal.path
        assert reason in {refusal.what, refusal.hint}
        assert refusal.got
        assert refusal.allowed


def _asking(kind: str, at: tuple[str | int, ...], value: Any) -> str:
    fleet = smallest(kind)
    if at[2] == "scaling" and len(at) > 3:
        fleet["endpoints"]["ocr"]["scaling"] = dict(INVOCATIONS)
    if at[-1] == "jumpstart":  # instead of another image
        fleet = broken(fleet, at[:-1], {})
    return yaml.safe_dump(broken(fleet, at, value))


def _below_the_endpoint(kind: str, path: str) -> tuple[str | int, ...]:
    """The keys of a path; where there are several containers, the first one is asked."""
    key, *below = path.split(".")
    return (*FIRST_MODEL.get(kind, (key,)), *below) if key == "model" and below else (key, *below)


@pytest.mark.parametrize("kind", FIELDS)
def test_a_key_of_another_kind_is_refused_with_a_reason(kind: str) -> None:
    """Who changes the kind of an endpoint learns why its keys are gone, not that they are misspelt."""
    keys_of_others = frozenset().union(*FIELDS.values()) - FIELDS[kind]

    assert set() == keys_of_others - set(not_here(kind))


@pytest.mark.parametrize("kind", FIELDS)
def test_a_key_that_a_kind_has_is_not_denied(kind: str) -> None:
    """The page and the spec agree on what a kind can do."""
    assert set() == FIELDS[kind] & set(not_here(kind))
