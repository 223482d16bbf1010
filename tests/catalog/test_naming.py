"""Names: one place gives them all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.catalog import naming

NAMES = st.from_regex(naming.NAME_PATTERN, fullmatch=True)


def test_a_stack_is_named_after_its_fleet_and_key() -> None:
    """Without a stage, a stack is `Pilotlight-<fleet>-<key>`."""
    assert "Pilotlight-starter-ticket-intent" == naming.stack_name("starter", "ticket-intent")


def test_a_stage_stands_between_fleet_and_key() -> None:
    """Stages of one fleet live side by side in one account."""
    assert "Pilotlight-starter-prod-foundation" == naming.stack_name("starter", "foundation", "prod")
    assert "starter-prod-ocr" == naming.endpoint_name("starter", "ocr", "prod")


@given(fleet=NAMES, key=NAMES, stage=st.none() | NAMES)
def test_every_stack_begins_with_the_prefix_of_its_fleet(fleet: str, key: str, stage: str | None) -> None:
    """The stacks of a fleet can be told by how their names begin."""
    assert naming.stack_name(fleet, key, stage).startswith(naming.stack_name_prefix(fleet, stage))


def test_the_prefixes_of_an_endpoint_do_not_overlap() -> None:
    """An answer is never taken for a request."""
    prefixes = naming.async_prefixes("ocr")

    assert ("async/ocr/in/", "async/ocr/out/", "async/ocr/failed/") == (
        prefixes.input,
        prefixes.output,
        prefixes.failure,
    )


def test_the_foundation_is_reserved() -> None:
    """No endpoint takes the place of the foundation's stack."""
    assert naming.FOUNDATION_KEY in naming.RESERVED_KEYS


@pytest.mark.parametrize("text", ["", "Starter", "1st", "-a", "a_b", "a.b", "a\n", "ä"])
def test_fails_when_a_name_has_another_form(text: str) -> None:
    """Names are lower-case, begin with a letter, and hold nothing that AWS would refuse."""
    assert not naming.is_name(text)


def test_own_tags_are_reserved() -> None:
    """A fleet file cannot set the tags that Pilotlight finds its stacks by."""
    assert all(tag.startswith(naming.RESERVED_TAG_PREFIXES) for tag in naming.OWN_TAGS)
    assert re.fullmatch(naming.ENDPOINT_NAME_PATTERN, naming.endpoint_name("a", "b"))
