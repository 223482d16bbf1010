"""Copies and instances of inference components come, go to zero and come back, all machines together."""

from __future__ import annotations

import pytest

from pilotlight.hosting.micros import MINUTE
from tests.hosting.virtual_components import VirtualComponents


def test_the_first_copy_serves_eight_minutes_after_it_was_asked_for() -> None:
    """Four for an instance, four for the copy on it; measured, from the first call on: 9 min 24 s."""
    endpoint = VirtualComponents()
    endpoint.set_copies(1, at=2 * MINUTE)
    endpoint.run()

    assert [(2, 0), (10, 1)] == endpoint.serving
    assert (2, 1) in endpoint.running


def test_the_last_instance_goes_ten_minutes_after_the_last_copy() -> None:
    """Nothing is left to pay for."""
    endpoint = VirtualComponents()
    endpoint.set_copies(1, at=0)
    endpoint.set_copies(0, at=30 * MINUTE)
    endpoint.run()

    assert [(0, 0), (8, 1), (30, 0)] == endpoint.serving
    assert [(0, 1), (40, 0)] == endpoint.running


def test_a_copy_that_comes_back_in_time_finds_its_instance() -> None:
    """Then it serves four minutes after it was asked for."""
    endpoint = VirtualComponents()
    endpoint.set_copies(1, at=0)
    endpoint.set_copies(0, at=30 * MINUTE)
    endpoint.set_copies(1, at=35 * MINUTE)
    endpoint.run()

    assert (39, 1) == endpoint.serving[-1]
    assert [(0, 1)] == endpoint.running


@pytest.mark.parametrize(("copies", "instances"), [(4, 1), (5, 2), (8, 2)])
def test_as_many_instances_come_as_hold_the_copies(copies: int, instances: int) -> None:
    """Four copies with a GPU each on an instance with four."""
    endpoint = VirtualComponents()
    endpoint.set_copies(copies, at=0)
    endpoint.run()

    assert [(0, instances)] == endpoint.running
    assert copies == endpoint.serving[-1][1]


def test_more_copies_than_the_most_instances_hold_do_not_come() -> None:
    """Those that have room serve; the others wait for it."""
    endpoint = VirtualComponents()
    endpoint.set_copies(9, at=0)
    endpoint.run()

    assert (0, 2) == endpoint.running[-1]
    assert 8 == endpoint.serving[-1][1]


def test_copies_that_are_spread_keep_both_instances() -> None:
    """Four of them would fit on one, but two come back to each before any is released."""
    endpoint = VirtualComponents()
    endpoint.set_copies(8, at=0)
    endpoint.set_copies(0, at=60 * MINUTE)
    endpoint.set_copies(4, at=65 * MINUTE)
    endpoint.run()

    assert 4 == endpoint.serving[-1][1]
    assert 2 == endpoint.running[-1][1]
