"""When copies wait for room that nobody will make."""

from __future__ import annotations

import pytest

from pilotlight.hosting.component_placement import ComponentPlacement, CopiesSet, step
from pilotlight.hosting.lasting_shortage import lasting_shortages

from .placement_play import component, placement, serving


def _too_many() -> ComponentPlacement:
    """Five copies of one GPU each, on one instance of four."""
    return placement(component("writer", 5))


def test_copies_without_room_are_short_when_nothing_will_change() -> None:
    """The instances are there, and more are not allowed."""
    assert ("writer",) == lasting_shortages(_too_many(), may_grow=False, is_settled=True)


@pytest.mark.parametrize(("may_grow", "is_settled"), [(True, True), (False, False)])
def test_they_are_not_while_an_instance_may_come(may_grow: bool, is_settled: bool) -> None:
    """It is on its way, or it will be."""
    assert () == lasting_shortages(_too_many(), may_grow=may_grow, is_settled=is_settled)


def test_they_are_not_while_a_copy_goes() -> None:
    """Its share will be free."""
    state = serving(component("writer", 4))
    state, _ = step(state, CopiesSet("writer", 3), 0)
    state, _ = step(state, CopiesSet("writer", 5), 0)

    assert () == lasting_shortages(state, may_grow=False, is_settled=True)


def test_nobody_is_short_where_all_have_room() -> None:
    """Four copies fit."""
    assert () == lasting_shortages(placement(component("writer", 4)), may_grow=False, is_settled=True)
