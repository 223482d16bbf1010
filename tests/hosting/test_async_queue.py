"""The asynchronous queue, one behaviour at a time."""

from __future__ import annotations

import pytest

from pilotlight.hosting.async_queue import (
    Abandon,
    Answered,
    AsyncQueue,
    AsyncRequest,
    Dispatch,
    Ended,
    InstanceJoined,
    ModelFailed,
    Outcome,
    QueueSettings,
    Submitted,
    TimePassed,
    next_deadline,
    step,
)
from pilotlight.hosting.micros import HOUR, MINUTE, SECOND
from tests.hosting.queue_play import dispatches, ends, new_queue, play, submit


def test_requests_wait_while_there_is_no_instance() -> None:
    """SageMaker Developer Guide: requests at zero instances "are queued for processing"."""
    queue = new_queue()

    assert [] == play(queue, *submit("a", "b"))
    assert (2, 0, 0) == (queue.waiting, queue.in_process, queue.instances)


def test_waiting_requests_go_out_in_order_when_an_instance_joins() -> None:
    """Two places, three requests: the first two go, the third when the first is answered."""
    queue = new_queue(2)
    seen = play(queue, *submit("a", "b", "c"), (MINUTE, InstanceJoined(1)), (2 * MINUTE, Answered("a", 1)))

    assert [("a", 1, 1), ("b", 1, 1), ("c", 1, 1)] == dispatches(seen)
    assert [MINUTE, MINUTE, 2 * MINUTE] == [now for now, one in seen if isinstance(one, Dispatch)]


def test_a_completed_request_tells_its_times() -> None:
    """Submitted at 1 s, on an instance at 60 s, answered at 61 s."""
    queue = new_queue()
    seen = play(queue, *submit("a", at=SECOND), (MINUTE, InstanceJoined(1)), (61 * SECOND, Answered("a", 1)))

    assert Ended("a", Outcome.COMPLETED, None, SECOND, MINUTE, 61 * SECOND, attempts=1) == seen[-1][1]
    assert (0, 0) == (queue.waiting, queue.in_process)


def test_a_model_error_ends_the_request_as_failed() -> None:
    """The reason is what the model said."""
    queue = new_queue()
    seen = play(queue, (0, InstanceJoined(1)), *submit("a"), (SECOND, ModelFailed("a", 1, "500 from model")))

    assert Ended("a", Outcome.FAILED, "500 from model", 0, 0, SECOND, attempts=1) == seen[-1][1]


def test_a_request_expires_when_its_ttl_is_over() -> None:
    """botocore, RequestTTLSeconds: "maximum age ... a request can be in the queue"; 6 hours by default."""
    queue = new_queue()
    play(queue, *submit("default"), *submit("short", ttl=MINUTE))

    assert MINUTE == next_deadline(queue)
    assert [] == play(queue, (MINUTE - 1, TimePassed()))
    assert [("short", Outcome.EXPIRED)] == ends(play(queue, (MINUTE, TimePassed())))
    assert 6 * HOUR == next_deadline(queue)
    assert [("default", Outcome.EXPIRED)] == ends(play(queue, (6 * HOUR, TimePassed())))
    assert next_deadline(queue) is None


def test_an_expired_request_never_reached_an_instance() -> None:
    """It has no dispatch time, and an instance that joins later gets nothing."""
    queue = new_queue()
    seen = play(queue, *submit("a", ttl=MINUTE), (MINUTE, InstanceJoined(1)))

    assert [Ended("a", Outcome.EXPIRED, "the request was too long in the queue", 0, None, MINUTE, 0)] == [
        one for _, one in seen
    ]


def test_a_request_in_process_does_not_expire() -> None:
    """The TTL is for the queue: on an instance the invocation timeout counts."""
    queue = new_queue()
    play(queue, (0, InstanceJoined(1)), *submit("a", ttl=MINUTE, timeout=HOUR))

    assert HOUR == next_deadline(queue)
    assert [] == play(queue, (30 * MINUTE, TimePassed()))


def test_a_request_that_takes_too_long_fails_and_frees_its_place() -> None:
    """botocore, InvocationTimeoutSeconds: 15 minutes unless given; the next request gets the place."""
    queue = new_queue(1)
    seen = play(queue, (0, InstanceJoined(1)), *submit("a", "b"), (15 * MINUTE, TimePassed()))

    assert Abandon("a", 1, 1) == seen[1][1]
    assert [("a", Outcome.FAILED)] == ends(seen)
    assert [("a", 1, 1), ("b", 1, 1)] == dispatches(seen)


def test_how_a_timeout_ends_is_a_switch() -> None:
    """The API says "marked as expired": the assumption can be turned round."""
    queue = AsyncQueue(QueueSettings(timeout_outcome=Outcome.EXPIRED))
    seen = play(queue, (0, InstanceJoined(1)), *submit("a", timeout=MINUTE), (MINUTE, TimePassed()))

    assert [("a", Outcome.EXPIRED)] == ends(seen)


def test_an_answer_after_the_timeout_changes_nothing() -> None:
    """The request has ended: it cannot end twice."""
    queue = new_queue()
    play(queue, (0, InstanceJoined(1)), *submit("a", timeout=MINUTE), (MINUTE, TimePassed()))

    assert [] == play(queue, (MINUTE + 1, Answered("a", 1)), (MINUTE + 1, ModelFailed("a", 1, "late")))


def test_time_does_not_run_backwards() -> None:
    """A late event with an old time cannot un-expire anything."""
    queue = new_queue()
    seen = play(queue, *submit("a", ttl=MINUTE), (MINUTE, TimePassed()), *submit("b", at=0))

    assert [("a", Outcome.EXPIRED)] == ends(seen)
    assert MINUTE == queue.oldest_waiting


def test_an_id_may_be_used_again_after_its_end() -> None:
    """Left-overs of the first request do not touch the second."""
    queue = new_queue()
    play(queue, *submit("a", ttl=MINUTE), (MINUTE, TimePassed()), *submit("a", at=2 * MINUTE, ttl=HOUR))

    assert [] == play(queue, (3 * MINUTE, TimePassed()))
    assert 62 * MINUTE == next_deadline(queue)


def test_fails_when_an_open_id_is_submitted_again() -> None:
    """Two requests of one name could not be told apart; the refusal changes nothing."""
    queue = new_queue()
    play(queue, *submit("a", ttl=MINUTE))

    with pytest.raises(ValueError, match=r"request id, got 'a' again"):
        step(queue, Submitted(AsyncRequest("a")), HOUR)
    assert (1, MINUTE) == (queue.waiting, next_deadline(queue))


def test_fails_with_all_faults_when_the_settings_are_out_of_range() -> None:
    """No place at all would queue for ever."""
    with pytest.raises(ValueError, match=r"concurrent invocations, got 0.*redeliveries, got -1"):
        QueueSettings(0, -1)
