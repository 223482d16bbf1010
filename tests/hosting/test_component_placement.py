"""Copies of inference components find their place, start, and leave."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.hosting.component_placement import (
    EMPTY_INSTANCE,
    ComponentDeleted,
    ComponentPlacement,
    ComponentPut,
    CopiesReached,
    CopiesSet,
    CopyDied,
    CopyFailed,
    CopyHealthy,
    CopyInService,
    CopyOutOfService,
    CopyPlaced,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    Resources,
    RoomWanted,
    StartCopy,
    StopCopy,
    TimePassed,
    TooLarge,
    next_deadline,
    step,
)
from pilotlight.hosting.micros import MINUTE
from tests.hosting.placement_play import FOUR_GPUS, PACKED, component, placement, serving, settled, where


def test_a_copy_takes_four_minutes_on_an_instance_that_runs() -> None:
    """Two to fetch the image, with the model meanwhile, and two to start the container."""
    state, effects = step(placement(), ComponentPut(component()), 0)
    assert (CopyPlaced(1, "writer", 1),) == effects
    assert 2 * MINUTE == next_deadline(state)

    state, effects = step(state, TimePassed(), 2 * MINUTE)
    assert (StartCopy(1, "writer", 1, expected=2 * MINUTE),) == effects

    state, effects = step(state, CopyHealthy(1), 4 * MINUTE)
    assert (CopyInService(1, "writer"), CopiesReached("writer", 1)) == effects
    assert (1,) == state.in_service("writer")


def test_an_instance_without_a_model_takes_four_minutes_too() -> None:
    """So the first answer after a wake comes after eight, as it was measured."""
    assert 4 * MINUTE == EMPTY_INSTANCE.total


def test_what_an_instance_has_fetched_it_keeps() -> None:
    """With data caching the second copy starts at once; on another instance it has to fetch."""
    state = serving(component(copies=1, caches=True), instances=2)
    state, _ = step(state, CopiesSet("writer", 3), 0)
    waits = {copy.instance: copy.phase for copy in state.copies if copy.id > 1}
    _, effects = step(state, TimePassed(), 0)

    assert {1, 2} == set(waits)
    assert [3] == [effect.copy for effect in effects if isinstance(effect, StartCopy)]


def test_copies_are_spread_unless_they_are_packed() -> None:
    """Three on three instances, or three on one."""
    assert {1: 1, 2: 1, 3: 1} == where(serving(component(copies=3), instances=3))
    assert {1: 3} == where(serving(component(copies=3, strategy=PACKED), instances=3))


def test_spreading_looks_at_the_copies_of_the_same_component_first() -> None:
    """An outage of one instance should not take all copies of a model."""
    state = serving(component("tagger", 3, strategy=PACKED), component(copies=2), instances=2)

    assert {1: 3} == where(state, "tagger")
    assert {1: 1, 2: 1} == where(state)


def test_packing_fills_the_fullest_instance_that_has_room() -> None:
    """Four GPUs and four copies; the fifth goes to the next instance."""
    assert {1: 4, 2: 1} == where(serving(component(copies=5, strategy=PACKED), instances=2))


def test_what_is_reserved_is_reserved() -> None:
    """Memory runs out before the GPUs do."""
    hungry = component(copies=2, needs=Resources(accelerators=1, memory=40_000))
    state, effects = step(placement(), ComponentPut(hungry), 0)

    assert (CopyPlaced(1, "writer", 1), RoomWanted(1)) == effects
    assert Resources(48, 3, 24_000) == state.free[1]


def test_what_nobody_knows_of_an_instance_is_enough() -> None:
    """No source has the sizes of some types."""
    state, _ = step(ComponentPlacement(Resources()), InstanceJoined(1), 0)
    _, effects = step(state, ComponentPut(component(copies=2)), 0)

    assert 2 == len([one for one in effects if isinstance(one, CopyPlaced)])


def test_a_copy_that_no_instance_holds_is_said_once() -> None:
    """No instance is asked for, as none would help."""
    state, effects = step(placement(), ComponentPut(component(needs=Resources(accelerators=5))), 0)
    assert (TooLarge("writer"),) == effects

    _, effects = step(state, TimePassed(), MINUTE)
    assert () == effects


def test_room_is_asked_for_and_used() -> None:
    """Six copies and one instance with four GPUs: one more instance, and all of them serve."""
    state, effects = step(placement(), ComponentPut(component(copies=6)), 0)
    assert RoomWanted(1) in effects

    state, effects = step(state, InstanceJoined(2), 0)
    assert RoomWanted(0) in effects
    state, seen = settled(state, effects)
    assert {1: 4, 2: 2} == where(state)
    assert CopiesReached("writer", 6) in seen


def test_on_scale_in_the_idlest_copy_goes() -> None:
    """Where the strategy does not prefer one."""
    state = serving(component(copies=3))
    _, effects = step(state, CopiesSet("writer", 2, in_flight={1: 2, 2: 0, 3: 1}), 0)

    assert (CopyOutOfService(2, "writer", lost=False),) == effects


def test_on_scale_in_copies_that_serve_nobody_yet_go_first() -> None:
    """They are stopped, not drained."""
    state = serving(component(copies=1))
    state, _ = step(state, CopiesSet("writer", 2), 0)
    _, effects = step(state, CopiesSet("writer", 1), 0)

    assert (StopCopy(2, "writer"),) == effects


def test_packed_copies_leave_the_emptiest_instance() -> None:
    """Then it has none, and can be released."""
    state = serving(component(copies=5, strategy=PACKED), instances=2)
    state, effects = step(state, CopiesSet("writer", 4), 0)
    state, _ = settled(state, effects)

    assert {1: 4} == where(state)
    assert 0 == state.copies_on[2]


def test_a_component_goes_to_zero_and_comes_back() -> None:
    """Its share of the instance is free in between."""
    state = serving(component(copies=2))
    state, effects = step(state, CopiesSet("writer", 0), 0)
    state, seen = settled(state, effects)
    assert CopiesReached("writer", 0) in seen
    assert FOUR_GPUS == state.free[1]

    state, effects = step(state, CopiesSet("writer", 1), 0)
    assert (3,) == settled(state, effects)[0].in_service("writer")


def test_a_deleted_component_is_gone_once_its_copies_are() -> None:
    """Others stay; afterwards nothing knows the name."""
    state = serving(component(), component("tagger"))
    state, effects = step(state, ComponentDeleted("writer"), 0)
    state, seen = settled(state, effects)

    assert CopiesReached("writer", 0) in seen
    assert ["tagger"] == [one.name for one in state.components]
    with pytest.raises(LookupError, match="component, got 'writer'"):
        step(state, CopiesSet("writer", 1), 0)


def test_a_dead_copy_is_replaced_where_there_is_room() -> None:
    """Its requests are lost; its share is free when its container is gone."""
    state = serving(component(copies=4))
    state, effects = step(state, CopyDied(2), 0)
    assert (CopyOutOfService(2, "writer", lost=True), StopCopy(2, "writer"), RoomWanted(1)) == effects

    state, _ = settled(state, effects)
    assert (1, 3, 4, 5) == state.in_service("writer")


def test_a_copy_that_does_not_start_is_tried_again() -> None:
    """The driver says why; who wants an end to it sets the count."""
    state, _ = step(placement(component()), TimePassed(), 2 * MINUTE)
    state, effects = step(state, CopyDied(1, "ping timed out"), 3 * MINUTE)

    assert effects[:2] == (CopyFailed(1, "writer", "ping timed out"), StopCopy(1, "writer"))


def test_copies_leave_an_instance_that_leaves() -> None:
    """They drain, and others take their place on those that stay."""
    state = serving(component(copies=2), instances=2)
    state, effects = step(state, InstanceLeaving(2), 0)
    assert CopyOutOfService(2, "writer", lost=False) in effects

    assert {1: 2} == where(settled(state, effects)[0])


def test_copies_are_lost_with_their_instance() -> None:
    """No stop is awaited from what is not there; what it had fetched is gone too."""
    state = serving(component(copies=2, caches=True), instances=2)
    state, effects = step(state, InstanceLost(2), 0)

    assert CopyOutOfService(2, "writer", lost=True) in effects
    assert not any(isinstance(one, StopCopy) for one in effects)
    assert all(instance == 1 for instance, _ in state.fetched)


def test_fails_when_an_instance_joins_twice() -> None:
    """Its resources would count twice."""
    with pytest.raises(ValueError, match="instance, got 1 again"):
        step(placement(), InstanceJoined(1), 0)


@pytest.mark.parametrize("said", [{"copies": -1}, {"batch": 0}])
def test_fails_for_numbers_that_cannot_be(said: dict[str, Any]) -> None:
    """At once, where they are said."""
    with pytest.raises(ValueError, match="got"):
        component(**said)


def test_an_update_replaces_copies_batch_by_batch() -> None:
    """At no time are there fewer in service than wanted, where there is room for one more."""
    state = serving(component(copies=3))
    state, effects = step(state, ComponentPut(component(copies=3, generation=2)), 0)
    state, seen = settled(state, effects)
    comes_and_goes = [
        1 if isinstance(one, CopyInService) else -1
        for one in seen
        if isinstance(one, CopyInService | CopyOutOfService)
    ]

    assert [1, -1, 1, -1, 1, -1] == comes_and_goes
    assert {2} == {copy.generation for copy in state.copies}
    assert CopiesReached("writer", 3) == seen[-1]


def test_an_update_without_room_takes_a_batch_away_first() -> None:
    """Four GPUs, four copies: one at a time has to go before its successor comes."""
    state = serving(component(copies=4))
    state, effects = step(state, ComponentPut(component(copies=4, generation=2)), 0)
    assert (CopyOutOfService(1, "writer", lost=False),) == effects

    state, seen = settled(state, effects)
    assert (5, 6, 7, 8) == state.in_service("writer")
    assert not any(isinstance(one, RoomWanted) and one.instances for one in seen)


def test_fails_when_an_update_is_older_than_what_it_updates() -> None:
    """Copies of the newer form would stay, and no copy of the older one would ever be missing."""
    state = serving(component(generation=2))
    with pytest.raises(ValueError, match="generation, got 1, allowed at least 2"):
        step(state, ComponentPut(component(generation=1)), 0)
