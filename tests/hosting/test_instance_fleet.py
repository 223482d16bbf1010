"""Instances come and go, and take their time."""

from __future__ import annotations

import pytest

from pilotlight.hosting.instances import (
    ContainerDied,
    ContainerHealthy,
    CountReached,
    DesiredCountSet,
    Drained,
    FleetEffect,
    FleetEvent,
    InService,
    InstanceFleet,
    LaunchFailed,
    LaunchInstance,
    LaunchTiming,
    OutOfService,
    Phase,
    StartContainer,
    Stopped,
    TerminateInstance,
    TimePassed,
    next_deadline,
    step,
)
from pilotlight.hosting.micros import MINUTE, Micros


def _play(
    state: InstanceFleet, *events: tuple[Micros, FleetEvent]
) -> tuple[InstanceFleet, list[tuple[Micros, FleetEffect]]]:
    seen = []
    for now, event in events:
        state, effects = step(state, event, now)
        seen += [(now, effect) for effect in effects]
    return state, seen


def _serving(count: int, drain_limit: Micros | None = None) -> InstanceFleet:
    """A fleet of this many instances in service; ids count from 1."""
    healthy = [(6 * MINUTE, ContainerHealthy(one + 1)) for one in range(count)]
    fleet = InstanceFleet(drain_limit=drain_limit)
    return _play(fleet, (0, DesiredCountSet(count)), (5 * MINUTE, TimePassed()), *healthy)[0]


def test_an_instance_takes_six_minutes_to_come_into_service() -> None:
    """Provisioning 3, then the image 2 (the model's 1 at the same time), then the container 1 minute."""
    state, seen = _play(InstanceFleet(), (0, DesiredCountSet(1)))
    assert 5 * MINUTE == next_deadline(state)

    state, later = _play(state, (5 * MINUTE, TimePassed()), (6 * MINUTE, ContainerHealthy(1)))
    assert [
        (0, LaunchInstance(1)),
        (5 * MINUTE, StartContainer(1, expected=MINUTE)),
        (6 * MINUTE, InService(1)),
        (6 * MINUTE, CountReached(1)),
    ] == seen + later
    assert (1,) == state.in_service
    assert next_deadline(state) is None
    assert 6 * MINUTE == LaunchTiming().total


def test_the_next_deadline_is_the_earliest() -> None:
    """A second instance, launched two minutes later, does not delay the first."""
    state, _ = _play(InstanceFleet(), (0, DesiredCountSet(1)), (2 * MINUTE, DesiredCountSet(2)))
    assert 5 * MINUTE == next_deadline(state)

    state, seen = _play(state, (5 * MINUTE, TimePassed()))
    assert [(5 * MINUTE, StartContainer(1, expected=MINUTE))] == seen
    assert 7 * MINUTE == next_deadline(state)


def test_time_that_is_not_up_changes_nothing() -> None:
    """A tick before the deadline is harmless."""
    state, _ = _play(InstanceFleet(), (0, DesiredCountSet(1)))

    assert (state, ()) == step(state, TimePassed(), 5 * MINUTE - 1)


def test_a_removed_instance_drains_before_it_terminates() -> None:
    """It takes no new request, finishes what it has, then goes; only then the count is reached."""
    state, seen = _play(
        _serving(1),
        (10 * MINUTE, DesiredCountSet(0, {1: 2})),
        (12 * MINUTE, Drained(1)),
        (13 * MINUTE, Stopped(1)),
    )

    assert [
        (10 * MINUTE, OutOfService(1, lost=False)),
        (12 * MINUTE, TerminateInstance(1)),
        (13 * MINUTE, CountReached(0)),
    ] == seen
    assert () == state.instances


def test_a_drain_limit_cuts_long_requests_off() -> None:
    """With a limit the instance is lost when it is up."""
    state, _ = _play(_serving(1, drain_limit=15 * MINUTE), (10 * MINUTE, DesiredCountSet(0, {1: 2})))
    assert 25 * MINUTE == next_deadline(state)

    _, seen = _play(state, (25 * MINUTE, TimePassed()), (25 * MINUTE, Drained(1)))
    assert [(25 * MINUTE, OutOfService(1, lost=True)), (25 * MINUTE, TerminateInstance(1))] == seen


def test_the_idlest_instance_goes_first_and_the_newest_of_equals() -> None:
    """Of four with 0, 0, 1 and 3 requests, two go: 2 and 1."""
    _, seen = _play(_serving(4), (10 * MINUTE, DesiredCountSet(2, {3: 1, 4: 3})))

    assert [OutOfService(2, lost=False), OutOfService(1, lost=False)] == [effect for _, effect in seen]


def test_an_instance_that_serves_nobody_yet_goes_before_any_other() -> None:
    """A launch under way is stopped rather than a working instance, even an idle one."""
    state, _ = _play(_serving(1), (10 * MINUTE, DesiredCountSet(2)))
    _, seen = _play(state, (11 * MINUTE, DesiredCountSet(1)))

    assert [(11 * MINUTE, TerminateInstance(2))] == seen


def test_an_instance_whose_container_dies_is_replaced() -> None:
    """Its requests are lost, another instance is launched; the count was not changed, so none is reported."""
    state, seen = _play(
        _serving(1),
        (10 * MINUTE, ContainerDied(1)),
        (10 * MINUTE, Stopped(1)),
        (15 * MINUTE, TimePassed()),
        (16 * MINUTE, ContainerHealthy(2)),
    )

    assert [
        (10 * MINUTE, OutOfService(1, lost=True)),
        (10 * MINUTE, TerminateInstance(1)),
        (10 * MINUTE, LaunchInstance(2)),
        (15 * MINUTE, StartContainer(2, expected=MINUTE)),
        (16 * MINUTE, InService(2)),
    ] == seen
    assert (2,) == state.in_service


def test_an_instance_that_never_becomes_healthy_is_reported_and_replaced() -> None:
    """The control plane learns the reason, and may end it by setting the count."""
    _, seen = _play(
        InstanceFleet(),
        (0, DesiredCountSet(1)),
        (5 * MINUTE, TimePassed()),
        (13 * MINUTE, ContainerDied(1, "no answer to /ping in 480 s")),
    )

    assert [
        LaunchFailed(1, "no answer to /ping in 480 s"),
        TerminateInstance(1),
        LaunchInstance(2),
    ] == [effect for now, effect in seen if now == 13 * MINUTE]


def test_a_container_that_dies_while_it_drains_loses_its_requests() -> None:
    """The queue must learn of it, and nothing is launched in its place."""
    _, seen = _play(_serving(1), (10 * MINUTE, DesiredCountSet(0, {1: 1})), (11 * MINUTE, ContainerDied(1)))

    assert [(11 * MINUTE, OutOfService(1, lost=True)), (11 * MINUTE, TerminateInstance(1))] == seen[1:]


def test_capacity_wanted_again_while_draining_is_launched_anew() -> None:
    """A draining instance does not come back."""
    state, _ = _play(_serving(1), (10 * MINUTE, DesiredCountSet(0, {1: 1})))
    _, seen = _play(state, (11 * MINUTE, DesiredCountSet(1)))

    assert [(11 * MINUTE, LaunchInstance(2))] == seen


def test_asking_for_what_is_there_is_answered_at_once() -> None:
    """A driver that waits for `CountReached` never waits in vain."""
    _, seen = _play(_serving(2), (10 * MINUTE, DesiredCountSet(2)))

    assert [(10 * MINUTE, CountReached(2))] == seen


@pytest.mark.parametrize(
    "event",
    [ContainerHealthy(1), ContainerHealthy(99), ContainerDied(99), Drained(1), Stopped(1), Stopped(99)],
)
def test_events_out_of_place_change_nothing(event: FleetEvent) -> None:
    """A late or repeated report from a container does no harm."""
    state = _serving(1)

    assert (state, ()) == step(state, event, 10 * MINUTE)


def test_a_terminated_instance_cannot_die_again() -> None:
    """The container of an instance that is being stopped ends: that is no news."""
    state, _ = _play(_serving(1), (10 * MINUTE, DesiredCountSet(0)), (10 * MINUTE, Drained(1)))

    assert (state, ()) == step(state, ContainerDied(1), 11 * MINUTE)
    assert [Phase.TERMINATING] == [one.phase for one in state.instances]


def test_fails_when_the_desired_count_is_negative() -> None:
    """There is no such thing."""
    with pytest.raises(ValueError, match=r"desired instance count, got -1"):
        DesiredCountSet(-1)
