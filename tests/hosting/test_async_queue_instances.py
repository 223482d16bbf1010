"""Instances of the queue that join, leave and are lost."""

from __future__ import annotations

import pytest

from pilotlight.hosting.async_queue import (
    Answered,
    AsyncQueue,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    Outcome,
    QueueSettings,
    step,
)
from pilotlight.hosting.micros import HOUR, MINUTE, SECOND
from tests.hosting.queue_play import dispatches, ends, new_queue, play, submit


def test_requests_of_a_lost_instance_go_back_before_later_ones() -> None:
    """Two were running, one waits: the two come first again, with their second attempts."""
    queue = new_queue(2)
    seen = play(
        queue,
        (0, InstanceJoined(1)),
        *submit("a", "b", "c"),
        (SECOND, InstanceLost(1)),
        (MINUTE, InstanceJoined(2)),
        (2 * MINUTE, Answered("b", 2)),
    )

    assert [("a", 1, 1), ("b", 1, 1), ("a", 2, 2), ("b", 2, 2), ("c", 2, 1)] == dispatches(seen)


def test_an_answer_of_an_older_attempt_changes_nothing() -> None:
    """The lost instance's answer arrives while another instance already works on the request."""
    queue = new_queue()
    play(queue, (0, InstanceJoined(1)), *submit("a"), (1, InstanceLost(1)), (2, InstanceJoined(2)))

    assert [] == play(queue, (3, Answered("a", 1)))
    assert [("a", Outcome.COMPLETED)] == ends(play(queue, (4, Answered("a", 2))))


def test_a_request_is_redelivered_so_often_and_then_fails() -> None:
    """With one redelivery, the second lost instance ends it."""
    queue = new_queue(max_redeliveries=1)
    seen = play(
        queue,
        *submit("poison"),
        (1, InstanceJoined(1)),
        (2, InstanceLost(1)),
        (3, InstanceJoined(2)),
        (4, InstanceLost(2)),
        (5, InstanceJoined(3)),
    )

    assert [("poison", 1, 1), ("poison", 2, 2)] == dispatches(seen)
    assert [("poison", Outcome.FAILED)] == ends(seen)


@pytest.mark.parametrize(
    ("settings", "losses"), [(QueueSettings(), 4), (QueueSettings(max_redeliveries=0), 1)]
)
def test_redeliveries_are_three_unless_given_and_may_be_none(settings: QueueSettings, losses: int) -> None:
    """The fourth lost instance ends a request by default; without redeliveries the first one does."""
    queue = AsyncQueue(settings)
    play(queue, *submit("poison"))
    ended = [
        ends(play(queue, (number, InstanceJoined(number)), (number, InstanceLost(number))))
        for number in range(losses)
    ]

    assert [*[[]] * (losses - 1), [("poison", Outcome.FAILED)]] == ended


def test_a_redelivered_request_keeps_its_age() -> None:
    """Its TTL passed while it ran: back in the queue it expires."""
    queue = new_queue()
    seen = play(
        queue, (0, InstanceJoined(1)), *submit("a", ttl=MINUTE, timeout=HOUR), (2 * MINUTE, InstanceLost(1))
    )

    assert [("a", Outcome.EXPIRED)] == ends(seen)


def test_a_leaving_instance_finishes_and_takes_nothing_new() -> None:
    """The waiting request stays; the instance is idle when its last one is answered."""
    queue = new_queue(1)
    seen = play(
        queue,
        (0, InstanceJoined(1)),
        *submit("a", "b"),
        (1, InstanceLeaving(1)),
        (2, Answered("a", 1)),
        (3, InstanceLost(1)),
    )

    assert [("a", 1, 1)] == dispatches(seen)
    assert [InstanceIdle(1)] == [one for _, one in seen if isinstance(one, InstanceIdle)]
    assert (1, 0, 0) == (queue.waiting, queue.in_process, queue.instances)


def test_a_leaving_instance_is_no_capacity() -> None:
    """It still works on its request, but who waits has nobody."""
    queue = new_queue(1)
    play(queue, (0, InstanceJoined(1)), *submit("a", "b"), (1, InstanceLeaving(1)))

    assert (1, 1, 0) == (queue.waiting, queue.in_process, queue.instances)


def test_an_idle_instance_leaves_at_once() -> None:
    """Nothing to finish: the answer to leaving is being idle."""
    queue = new_queue()

    assert [(1, InstanceIdle(1))] == play(queue, (0, InstanceJoined(1)), (1, InstanceLeaving(1)))
    assert {} == queue.load


def test_a_leaving_instance_that_is_lost_gives_its_requests_back() -> None:
    """Draining does not protect from dying."""
    queue = new_queue()
    play(queue, (0, InstanceJoined(1)), *submit("a"), (1, InstanceLeaving(1)), (2, InstanceLost(1)))

    assert (1, 0) == (queue.waiting, queue.in_process)
    assert [("a", 2, 2)] == dispatches(play(queue, (3, InstanceJoined(2))))


def test_the_least_loaded_instance_takes_the_next_request() -> None:
    """Two instances share four requests evenly; the one that answered gets the fifth."""
    queue = new_queue(3)
    seen = play(
        queue,
        (0, InstanceJoined(1)),
        (0, InstanceJoined(2)),
        *submit("a", "b", "c", "d"),
        (1, Answered("b", 1)),
        *submit("e", at=2),
    )

    assert [1, 2, 1, 2, 2] == [instance for _, instance, _ in dispatches(seen)]
    assert {1: 2, 2: 2} == queue.load


def test_an_instance_that_fails_on_arrival_changes_nothing() -> None:
    """Losing an instance the queue never knew is no news."""
    assert [] == play(new_queue(), (0, InstanceLost(9)), (0, InstanceLeaving(9)))


def test_fails_when_an_instance_joins_twice() -> None:
    """It would get twice its places."""
    queue = new_queue()
    play(queue, (0, InstanceJoined(1)))

    with pytest.raises(ValueError, match=r"instance, got 1 again"):
        step(queue, InstanceJoined(1), 1)
