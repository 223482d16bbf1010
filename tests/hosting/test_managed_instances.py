"""SageMaker scales the instances that components share."""

from __future__ import annotations

import pytest

from pilotlight.hosting.component_events import RoomWanted
from pilotlight.hosting.managed_instances import (
    BoundsSet,
    CopiesOn,
    InstancesEvent,
    ManagedInstances,
    ScaleIn,
    SetInstances,
    next_deadline,
    step,
)
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.time_passed import TimePassed

Events = list[tuple[Micros, InstancesEvent]]


def play(
    state: ManagedInstances, *events: tuple[Micros, InstancesEvent]
) -> tuple[ManagedInstances, list[tuple[Micros, int]]]:
    """The state after some events, and the counts that were asked for on the way."""
    seen = []
    for now, event in events:
        state, effects = step(state, event, now)
        seen += [(now, effect.count) for effect in effects]
    return state, seen


def test_instances_are_added_when_copies_find_no_room() -> None:
    """No more than the maximum, whatever would be needed."""
    state = ManagedInstances(minimum=1, maximum=3, desired=1)

    assert [(0, 3)] == play(state, (0, CopiesOn({1: 4})), (0, RoomWanted(5)))[1]


def test_those_that_start_already_count() -> None:
    """Two are wanting, one comes: nothing more is asked for than one more."""
    state = ManagedInstances(minimum=0, maximum=9, desired=0)
    events: Events = [
        (0, RoomWanted(2)),
        (5, CopiesOn({1: 4})),
        (5, RoomWanted(1)),
        (9, CopiesOn({1: 4, 2: 1})),
    ]

    assert [(0, 2)] == play(state, *events)[1]


def test_an_idle_instance_goes_after_ten_minutes() -> None:
    """Measured since its last copy left, and never below the minimum."""
    state = ManagedInstances(minimum=1, maximum=3, desired=3)
    state, _ = play(state, (0, CopiesOn({1: 1, 2: 0, 3: 1})), (4 * MINUTE, CopiesOn({1: 0, 2: 0, 3: 0})))
    assert 10 * MINUTE == next_deadline(state)

    state, seen = play(state, (10 * MINUTE, TimePassed()), (14 * MINUTE, TimePassed()))
    assert [(10 * MINUTE, 2), (14 * MINUTE, 1)] == seen
    assert next_deadline(state) is None


def test_all_instances_go_when_none_has_a_copy() -> None:
    """With a minimum of 0 nothing is left to pay for."""
    state = ManagedInstances(minimum=0, maximum=2, desired=2)
    events: Events = [(0, CopiesOn({1: 0, 2: 0})), (10 * MINUTE, TimePassed())]

    assert [(10 * MINUTE, 0)] == play(state, *events)[1]


def test_a_copy_that_comes_back_keeps_its_instance() -> None:
    """The time without one begins again when it leaves again."""
    state = ManagedInstances(minimum=0, maximum=1, desired=1)
    events: Events = [(0, CopiesOn({1: 0})), (9 * MINUTE, CopiesOn({1: 1})), (9 * MINUTE, CopiesOn({1: 0}))]
    state, seen = play(state, *events, (18 * MINUTE, TimePassed()))

    assert [] == seen
    assert 19 * MINUTE == next_deadline(state)


def test_nothing_is_released_while_copies_want_room() -> None:
    """An instance may be idle because what is wanting does not fit on it."""
    state = ManagedInstances(minimum=0, maximum=1, desired=1)
    events: Events = [(0, CopiesOn({1: 0})), (0, RoomWanted(1)), (20 * MINUTE, TimePassed())]
    state, seen = play(state, *events)

    assert [] == seen
    assert next_deadline(state) is None


def test_consolidation_waits_longer_and_goes_in_steps() -> None:
    """Twenty minutes, and one instance at a time unless it is said otherwise."""
    state = ManagedInstances(minimum=0, maximum=3, desired=3, strategy=ScaleIn.CONSOLIDATION)
    events: Events = [
        (0, CopiesOn({1: 0, 2: 0, 3: 0})),
        (10 * MINUTE, TimePassed()),
        (20 * MINUTE, TimePassed()),
        (21 * MINUTE, TimePassed()),
    ]

    assert [(20 * MINUTE, 2), (21 * MINUTE, 1)] == play(state, *events)[1]


def test_other_bounds_take_effect_at_once() -> None:
    """A configuration with a higher minimum adds, one with a lower maximum takes away."""
    state = ManagedInstances(minimum=0, maximum=1, desired=0)
    state, effects = step(state, BoundsSet(2, 3), 0)
    assert (SetInstances(2),) == effects

    assert (SetInstances(1),) == step(state, BoundsSet(0, 1), 0)[1]
    with pytest.raises(ValueError, match=r"bounds of the instances, got 3\.\.2"):
        BoundsSet(3, 2)
