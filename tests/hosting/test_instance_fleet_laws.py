"""What holds for the instances of a variant whatever happens to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.instances import (
    ContainerDied,
    ContainerHealthy,
    CountReached,
    DesiredCountSet,
    Drained,
    FleetEvent,
    InstanceFleet,
    LaunchInstance,
    Phase,
    Stopped,
    TerminateInstance,
    TimePassed,
    step,
)
from pilotlight.hosting.micros import MINUTE, Micros

INSTANCES = st.integers(1, 12)
EVENTS = st.lists(
    st.one_of(
        st.integers(0, 5).map(DesiredCountSet),
        *(INSTANCES.map(kind) for kind in (ContainerHealthy, ContainerDied, Drained, Stopped)),
        st.just(TimePassed()),
    ),
    max_size=60,
)


def _settle(state: InstanceFleet, now: Micros) -> tuple[InstanceFleet, list[object]]:
    """Let every container start, drain and stop as it should."""
    seen: list[object] = []
    for _ in range(4):
        answers: list[FleetEvent] = [TimePassed()]
        answers += [ContainerHealthy(one.id) for one in state.instances]
        answers += [Drained(one.id) for one in state.instances]
        answers += [Stopped(one.id) for one in state.instances if one.phase is Phase.TERMINATING]
        for answer in answers:
            now += MINUTE
            state, effects = step(state, answer, now)
            seen += effects
        now += 10 * MINUTE
    return state, seen


@given(events=EVENTS)
def test_the_desired_count_is_always_reached(events: list[FleetEvent]) -> None:
    """After any history, a well-behaved end leaves exactly the desired instances in service, and says so."""
    state = InstanceFleet()
    for number, event in enumerate(events):
        state, _ = step(state, event, number * MINUTE)
    awaited = state.changing
    state, seen = _settle(state, len(events) * MINUTE)

    assert state.desired == len(state.in_service) == len(state.instances)
    assert awaited == (CountReached(state.desired) in seen)


@given(events=EVENTS)
def test_every_instance_is_launched_once_and_terminated_once(events: list[FleetEvent]) -> None:
    """No instance comes from nowhere, none is left running, none is stopped twice."""
    state = InstanceFleet()
    seen: list[object] = []
    for number, event in enumerate([*events, DesiredCountSet(0)]):
        state, effects = step(state, event, number * MINUTE)
        seen += effects
    state, rest = _settle(state, len(events) * MINUTE)
    launched = [effect.instance for effect in [*seen, *rest] if isinstance(effect, LaunchInstance)]
    terminated = [effect.instance for effect in [*seen, *rest] if isinstance(effect, TerminateInstance)]

    assert sorted(set(launched)) == launched
    assert launched == sorted(terminated)
    assert () == state.instances
