"""Settings of the queue that change while it works."""

from __future__ import annotations

from pilotlight.hosting.async_queue import (
    Answered,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    Outcome,
    QueueSettings,
    SettingsChanged,
    TimePassed,
)
from pilotlight.hosting.micros import HOUR, MINUTE
from tests.hosting.queue_play import dispatches, ends, new_queue, play, submit


def test_more_places_are_taken_at_once() -> None:
    """One place, three requests: with three places the two that waited go out when the settings change."""
    queue = new_queue(1)
    play(queue, (0, InstanceJoined(1)), *submit("a", "b", "c"))

    assert [("b", 1, 1), ("c", 1, 1)] == dispatches(play(queue, (1, SettingsChanged(QueueSettings(3)))))
    assert (0, 3) == (queue.waiting, queue.in_process)


def test_with_fewer_places_the_running_requests_go_on() -> None:
    """Three run, one place is left: the next request goes out when all three have ended, then one by one."""
    queue = new_queue(3)
    play(queue, (0, InstanceJoined(1)), *submit("a", "b", "c", "d", "e"))

    assert [] == play(queue, (1, SettingsChanged(QueueSettings(1))))
    assert {1: 3} == queue.load
    assert [] == dispatches(play(queue, (2, Answered("b", 1)), (3, Answered("a", 1))))
    assert [("d", 1, 1)] == dispatches(play(queue, (4, Answered("c", 1))))
    assert [("e", 1, 1)] == dispatches(play(queue, (5, Answered("d", 1))))


def test_places_hold_for_each_instance() -> None:
    """The crowded instance takes nothing, the one that joins takes one."""
    queue = new_queue(2)
    play(queue, (0, InstanceJoined(1)), *submit("a", "b", "c", "d"), (1, SettingsChanged(QueueSettings(1))))

    assert [("c", 2, 1)] == dispatches(play(queue, (2, InstanceJoined(2))))
    assert {1: 2, 2: 1} == queue.load


def test_places_may_shrink_and_grow_again() -> None:
    """Back at two places, each of two instances takes its second request."""
    queue = new_queue(2)
    play(queue, (0, InstanceJoined(1)), (0, InstanceJoined(2)), *submit("a", "b", "c", "d", "e", "f"))
    play(queue, (1, SettingsChanged(QueueSettings(1))))
    play(queue, (2, Answered("a", 1)), (2, Answered("b", 1)))

    assert {1: 1, 2: 1} == queue.load
    assert [1, 2] == [at for _, at, _ in dispatches(play(queue, (3, SettingsChanged(QueueSettings(2)))))]


def test_a_crowded_instance_still_leaves_when_its_last_request_ends() -> None:
    """Fewer places change nothing about draining."""
    queue = new_queue(2)
    play(queue, (0, InstanceJoined(1)), *submit("a", "b"), (1, SettingsChanged(QueueSettings(1))))
    seen = play(queue, (2, InstanceLeaving(1)), (3, Answered("a", 1)), (4, Answered("b", 1)))

    assert (4, InstanceIdle(1)) == seen[-1]


def test_other_settings_hold_for_requests_that_run() -> None:
    """Redeliveries and the outcome of a timeout are those of the moment in which they matter."""
    queue = new_queue(2)
    play(queue, (0, InstanceJoined(1)), *submit("lost", timeout=HOUR))
    play(queue, (1, SettingsChanged(QueueSettings(max_redeliveries=0, timeout_outcome=Outcome.EXPIRED))))
    assert [("lost", Outcome.FAILED)] == ends(play(queue, (2, InstanceLost(1))))

    play(queue, (3, InstanceJoined(2)), *submit("slow", at=3, timeout=MINUTE))
    assert [("slow", Outcome.EXPIRED)] == ends(play(queue, (MINUTE + 3, TimePassed())))
