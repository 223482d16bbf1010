"""The comparison of the ways of hosting: whole, and shown as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.catalog.hosting_options import constructs, not_here, questions, why_not
from pilotlight.catalog.hosting_options_page import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_says_what_the_data_say() -> None:
    """`make comparison` writes it."""
    assert page() == (DOCS / "hosting_options.md").read_text()


def test_every_question_has_an_answer_for_every_kind() -> None:
    """No cell is empty, and a reason against is a sentence of its own."""
    for row in questions():
        assert tuple(constructs()) == tuple(row.answers)
        assert all(row.answers.values()), row.asks
        assert all(row.reason_against(kind) != "" for kind in constructs()), row.asks


def test_what_is_denied_can_be_asked_for() -> None:
    """A cell that says no is a refusal, so there are keys that ask for it."""
    denied = [row for row in questions() if any(row.reason_against(kind) for kind in constructs())]

    assert [] == [row.asks for row in denied if not row.declares]


def test_a_reason_is_found_by_its_key() -> None:
    """Rules of the spec refuse in the words of the page."""
    assert "async" in why_not("realtime", "scaling.min_capacity")
    assert "warmed" not in not_here("realtime")
    assert not_here("async")["warm_up"] == why_not("async", "warm_up")


def test_fails_when_nothing_is_against_it() -> None:
    """A rule that refuses what the page allows cannot be written."""
    with pytest.raises(LookupError):
        why_not("async", "scaling.min_capacity")
