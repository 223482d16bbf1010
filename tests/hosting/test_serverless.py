"""A serverless variant: cold starts, concurrency, what stays warm, and how it goes to nothing."""

from __future__ import annotations

import pytest

from pilotlight.hosting.micros import MINUTE, SECOND
from pilotlight.hosting.real_time_events import Ended
from pilotlight.hosting.serverless import IDLE_LIMIT, ServerlessVariant, next_deadline, step
from pilotlight.hosting.serverless_events import (
    ConcurrencySet,
    Died,
    NotStarted,
    Requested,
    Retired,
    Serve,
    ServerlessEffect,
    ServerlessEvent,
    Started,
    StartOne,
    StopOne,
    Throttle,
)
from pilotlight.hosting.time_passed import TimePassed


class Play:
    """A variant whose clock stands still until a test turns it."""

    def __init__(self, most: int = 2, provisioned: int = 0) -> None:
        self.state = ServerlessVariant(most=most, provisioned=provisioned)
        self.now = 0

    def __call__(self, event: ServerlessEvent) -> list[ServerlessEffect]:
        """Its effects."""
        self.state, effects = step(self.state, event, self.now)
        return list(effects)

    def serving(self, request: str) -> int:
        """Have a request served by a new container; give that."""
        [start] = self(Requested(request))
        assert isinstance(start, StartOne)
        self(Started(start.container))
        return start.container


def test_the_first_request_waits_for_a_container() -> None:
    """A cold start takes as long as the container does, and the request is told."""
    play = Play()

    assert [StartOne(1)] == play(Requested("a"))
    play.now = 40 * SECOND
    assert [Serve("a", 1, 100 * SECOND, setup=40 * SECOND)] == play(Started(1))


def test_the_next_request_finds_it_warm() -> None:
    """No second container for one request after the other."""
    play = Play()
    play.serving("a")
    assert [] == play(Ended("a"))

    assert [Serve("b", 1, 60 * SECOND)] == play(Requested("b"))


def test_requests_at_the_same_time_need_containers_of_their_own() -> None:
    """Up to the limit; the one beyond it is refused and not queued."""
    play = Play(most=2)
    play.serving("a")

    assert [StartOne(2)] == play(Requested("b"))
    assert [Throttle("c")] == play(Requested("c"))
    assert 2 == play.state.in_flight


def test_whoever_waits_longest_gets_what_is_free_first() -> None:
    """The container that was started for it serves the next one, or nobody."""
    play = Play()
    play.serving("a")
    play(Requested("b"))

    assert [Serve("b", 1, 60 * SECOND)] == play(Ended("a"))
    assert [] == play(Started(2))
    assert 2 == play.state.warm


def test_an_idle_container_ends_and_nothing_is_left() -> None:
    """Scale to zero, without any policy."""
    play = Play()
    play.serving("a")
    play(Ended("a"))

    assert IDLE_LIMIT == next_deadline(play.state)
    play.now = IDLE_LIMIT - 1
    assert [] == play(TimePassed())
    play.now = IDLE_LIMIT
    assert [StopOne(1)] == play(TimePassed())
    assert 0 == play.state.containers
    assert next_deadline(play.state) is None


def test_provisioned_containers_are_never_idle_for_too_long() -> None:
    """They start at once; what came beyond them goes again, the longest idle first."""
    play = Play(most=3)
    assert [StartOne(1), StartOne(2)] == play(ConcurrencySet(most=3, provisioned=2))
    for container in (1, 2):
        play(Started(container))
    for request in "ab":
        play(Requested(request))
    play.serving("c")
    for request in "abc":
        play(Ended(request))

    play.now = IDLE_LIMIT + MINUTE
    assert [StopOne(1)] == play(TimePassed())
    assert next_deadline(play.state) is None
    assert 2 == play.state.warm


def test_more_can_be_provisioned_later() -> None:
    """Those that are there count."""
    play = Play(most=4)
    play.serving("a")

    assert [StartOne(2), StartOne(3)] == play(ConcurrencySet(most=4, provisioned=3))


@pytest.mark.parametrize(("most", "provisioned"), [(1, 2), (1, -1)])
def test_fails_when_more_is_provisioned_than_allowed(most: int, provisioned: int) -> None:
    """ProvisionedConcurrency is at most MaxConcurrency."""
    with pytest.raises(ValueError, match="provisioned concurrency, got"):
        Play()(ConcurrencySet(most, provisioned))


def test_a_deployment_tries_one_container() -> None:
    """Even when nothing is provisioned; it goes when nobody needs it."""
    play = Play()

    assert [StartOne(1)] == play(ConcurrencySet(most=2, provisioned=0, first=1))
    play(Started(1))
    assert IDLE_LIMIT == next_deadline(play.state)


def test_a_container_that_does_not_start_costs_one_request() -> None:
    """The other request still gets the container that comes."""
    play = Play()
    play(Requested("a"))
    play(Requested("b"))

    assert [NotStarted("a", "no")] == play(Died(1, "no"))
    assert [Serve("b", 2, 60 * SECOND, setup=0)] == play(Started(2))


def test_a_provisioned_container_that_dies_is_replaced() -> None:
    """Its request is lost; whoever waits for the answer sees that itself."""
    play = Play(most=1)
    play(ConcurrencySet(most=1, provisioned=1))
    play(Started(1))
    play(Requested("a"))

    assert [StartOne(2)] == play(Died(1))
    assert [] == play(Ended("a"))
    assert 0 == play.state.in_flight


def test_a_retired_variant_finishes_and_is_gone() -> None:
    """What is free ends at once, what answers ends afterwards."""
    play = Play(most=2)
    play.serving("a")
    play.serving("b")
    play(Ended("a"))

    assert [StopOne(1)] == play(Retired())
    assert [StopOne(2)] == play(Ended("b"))
    assert 0 == play.state.containers


def test_fails_when_a_request_comes_twice() -> None:
    """Ids are unique while a request is in flight."""
    play = Play()
    play(Requested("a"))

    with pytest.raises(ValueError, match="got 'a' again"):
        play(Requested("a"))


def test_what_is_gone_changes_nothing() -> None:
    """Reports may come late."""
    play = Play()

    for event in (Ended("x"), Started(9), Died(9), TimePassed()):
        assert [] == play(event)
