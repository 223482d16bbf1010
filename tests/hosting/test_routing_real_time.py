"""A variant that answers at once: what is in flight where, and where a request ends."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.real_time import (
    Ended,
    Forward,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    Invoked,
    NoInstance,
    RealTimeEffect,
    RealTimeEvent,
    RealTimeVariant,
    RequestLost,
    step,
)
from pilotlight.hosting.routing import LeastOutstandingRequests, RandomRouting, Ties

OLDEST = LeastOutstandingRequests(Ties.OLDEST)
EVENTS = st.lists(
    st.one_of(
        st.integers(1, 3).map(InstanceJoined),
        st.integers(1, 3).map(InstanceLeaving),
        st.integers(1, 3).map(InstanceLost),
        st.sampled_from("abcdef").map(Invoked),
        st.sampled_from("abcdef").map(Ended),
    ),
    max_size=60,
)


def _variant(*events: RealTimeEvent) -> tuple[RealTimeVariant, list[RealTimeEffect]]:
    state = RealTimeVariant(OLDEST, Random(1))
    seen: list[RealTimeEffect] = []
    for event in events:
        state, effects = step(state, event, 0)
        seen += effects
    return state, seen


def test_a_request_goes_out_at_once_and_has_a_minute() -> None:
    """The container has to answer within 60 seconds."""
    state, _ = _variant(InstanceJoined(1))
    _, effects = step(state, Invoked("a"), 5 * SECOND)

    assert (Forward("a", 1, deadline=65 * SECOND),) == effects


def test_uneven_requests_go_to_the_instance_that_is_done() -> None:
    """Two long requests keep 1 and 2 busy; each short one after that goes to 3, which is free again."""
    events: list[RealTimeEvent] = [*map(InstanceJoined, (1, 2, 3)), Invoked("long 1"), Invoked("long 2")]
    for number in range(4):
        events += [Invoked(f"short {number}"), Ended(f"short {number}")]
    _, seen = _variant(*events)

    assert [1, 2, 3, 3, 3, 3] == [effect.instance for effect in seen if isinstance(effect, Forward)]


def test_random_spreads_the_same_burst_blindly() -> None:
    """Random routing sends requests to the busy instances too: about a third of 300 to each of three."""
    state, seen = RealTimeVariant(RandomRouting(), Random(5)), Counter[int]()
    for instance in (1, 2, 3):
        state, _ = step(state, InstanceJoined(instance), 0)
    for number in range(300):
        state, effects = step(state, Invoked(str(number)), 0)
        seen.update(effect.instance for effect in effects if isinstance(effect, Forward))

    assert dict(seen) == state.in_flight
    assert all(70 <= count <= 130 for count in seen.values())


def test_without_an_instance_a_request_is_refused_and_not_kept() -> None:
    """Real-time requests are not queued: an instance that comes later does not get it."""
    _, seen = _variant(Invoked("a"), InstanceJoined(1))

    assert [NoInstance("a")] == seen


def test_an_instance_that_leaves_finishes_its_requests() -> None:
    """It takes no new request, and is idle when the last one has ended."""
    _, seen = _variant(
        InstanceJoined(1), InstanceJoined(2), Invoked("a"), InstanceLeaving(1), Invoked("b"), Ended("a")
    )

    assert [1, 2] == [effect.instance for effect in seen if isinstance(effect, Forward)]
    assert InstanceIdle(1) == seen[-1]


def test_a_lost_instance_takes_its_requests_along() -> None:
    """Who waited for it gets an error; ending such a request again changes nothing."""
    state, seen = _variant(InstanceJoined(1), Invoked("a"), Invoked("b"), InstanceLost(1), Ended("a"))

    assert [RequestLost("a", 1), RequestLost("b", 1)] == seen[2:]
    assert {} == state.in_flight


def test_fails_when_an_id_is_in_use() -> None:
    """An id names one request, or one instance, until it is over; the refused event changes nothing."""
    state, _ = _variant(InstanceJoined(1), Invoked("a"))
    with pytest.raises(ValueError, match="request id, got 'a' again"):
        step(state, Invoked("a"), 0)
    with pytest.raises(ValueError, match="instance, got 1 again"):
        step(state, InstanceJoined(1), 0)

    assert {1: 1} == state.in_flight


@given(events=EVENTS)
def test_every_request_ends_once_and_nothing_stays_in_flight(events: list[RealTimeEvent]) -> None:
    """After any history each request was forwarded or refused, and ended or lost, exactly once."""
    state, running = RealTimeVariant(RandomRouting(), Random(1)), dict[str, int]()
    for event in [*events, *(InstanceLost(number) for number in (1, 2, 3))]:
        try:
            state, effects = step(state, event, 0)
        except ValueError:
            continue
        if isinstance(event, Ended):
            running.pop(event.request, None)
        for effect in effects:
            match effect:
                case Forward(request, instance, _):
                    assert request not in running
                    running[request] = instance
                case RequestLost(request, instance):
                    assert instance == running.pop(request)
                case InstanceIdle(instance):
                    assert instance not in running.values()
        counts = Counter(running.values())
        assert {**dict.fromkeys(state.in_flight, 0), **counts} == state.in_flight

    assert {} == running
    assert {} == state.in_flight
