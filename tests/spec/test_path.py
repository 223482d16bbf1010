"""Paths to the keys of a fleet, as they are written and read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.spec.path import dotted, undotted

STEPS = st.from_regex("[a-z][a-z0-9_-]{0,8}", fullmatch=True) | st.integers(0, 99)


@given(st.lists(STEPS).map(lambda steps: ("endpoints", *steps)))
def test_a_path_is_read_as_it_was_written(path: tuple[str | int, ...]) -> None:
    """Keys and positions stay apart."""
    assert path == undotted(dotted(path))
