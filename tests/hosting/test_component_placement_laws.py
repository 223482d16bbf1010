"""What holds for the copies of inference components whatever happens to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.component_placement import (
    ComponentDeleted,
    ComponentPlacement,
    ComponentPut,
    CopiesSet,
    CopyDied,
    CopyDrained,
    CopyHealthy,
    CopyStopped,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    PlacementEvent,
    Resources,
    TimePassed,
    step,
)
from pilotlight.hosting.micros import MINUTE
from tests.hosting.placement_play import FOUR_GPUS, PACKED, component, settled

NAMES = st.sampled_from(["writer", "tagger"])
COPIES = st.integers(1, 14)
PUTS = st.builds(
    lambda name, copies, gpus, packed, generation: ComponentPut(
        component(
            name,
            copies,
            needs=Resources(accelerators=gpus, memory=9_000),
            generation=generation,
            **({"strategy": PACKED} if packed else {}),
        )
    ),
    NAMES,
    st.integers(0, 5),
    st.integers(1, 3),
    st.booleans(),
    st.integers(1, 3),
)
EVENTS = st.lists(
    st.one_of(
        PUTS,
        st.builds(CopiesSet, NAMES, st.integers(0, 6)),
        NAMES.map(ComponentDeleted),
        *(st.integers(1, 4).map(kind) for kind in (InstanceJoined, InstanceLeaving, InstanceLost)),
        *(COPIES.map(kind) for kind in (CopyHealthy, CopyDied, CopyDrained, CopyStopped)),
        st.just(TimePassed()),
    ),
    max_size=50,
)


def _played(events: list[PlacementEvent]) -> ComponentPlacement:
    state = ComponentPlacement(FOUR_GPUS)
    for number, event in enumerate(events):
        try:
            state, _ = step(state, event, number * MINUTE)
        except (LookupError, ValueError):
            continue  # an event about what is not there, or there already
        assert all(FOUR_GPUS.holds(one.needs) for one in state.copies)
        assert all(left.accelerators is None or left.accelerators >= 0 for left in state.free.values())
        assert all(left.memory is None or left.memory >= 0 for left in state.free.values())
    return state


@given(events=EVENTS)
def test_no_instance_is_ever_given_more_than_it_has(events: list[PlacementEvent]) -> None:
    """After every event, whatever came before."""
    _played(events)


@given(events=EVENTS)
def test_every_copy_that_has_room_serves_in_the_end(events: list[PlacementEvent]) -> None:
    """With instances enough, each component has exactly the copies that it shall have, of its newest form."""
    state = _played(events)
    now = len(events) * MINUTE
    for instance in range(100, 112):
        state, _ = step(state, InstanceJoined(instance), now)
    answers: list[PlacementEvent] = []
    for copy in state.copies:
        answers += [CopyHealthy(copy.id), CopyDrained(copy.id), CopyStopped(copy.id)]
    seen: list = []
    for answer in answers:
        state, effects = step(state, answer, now)
        seen += effects
    state, _ = settled(state, seen, now)

    for each in state.components:
        own = state.copies_of(each.name)
        assert len(own) == len(state.in_service(each.name)) == each.desired
        assert all(copy.generation == each.generation for copy in own)
    assert not state.deleted
    assert 0 == state.room_wanted
