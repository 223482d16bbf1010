"""The whole endpoint on a virtual clock, against times worked out by hand.

By hand: an instance needs 6 minutes. The queue is measured at each full minute, right after the alarms
looked; the datapoint of a minute is seen at its end. Times are minutes.
"""

from __future__ import annotations

import pytest

from pilotlight.hosting.async_metrics import BacklogAtZero
from pilotlight.hosting.async_queue import Outcome
from pilotlight.hosting.instances import Phase
from pilotlight.hosting.micros import HOUR, MINUTE, SECOND, Micros
from tests.hosting.virtual_endpoint import VirtualEndpoint

BATCH_AT: Micros = 40 * MINUTE + 10 * SECOND
AWS_TEXT, FIELD_REPORTS = BacklogAtZero.WHOLE_BACKLOG, BacklogAtZero.ABSENT


def _outcomes(endpoint: VirtualEndpoint) -> list[Outcome]:
    return [one.outcome for one in endpoint.ended]


@pytest.mark.parametrize("at_zero", list(BacklogAtZero))
def test_an_endpoint_nobody_asks_falls_asleep(at_zero: BacklogAtZero) -> None:
    """In service at 6, low datapoints of minutes 6 to 20, the fifteenth seen at 21: 15 minutes of service."""
    endpoint = VirtualEndpoint(at_zero=at_zero).run(until=6 * HOUR)

    assert [(21.0, 0)] == endpoint.history
    assert () == endpoint.fleet.instances


def test_a_busy_endpoint_stays_awake() -> None:
    """Twelve requests at each full minute: every measurement finds 12, which is not below 4.5."""
    endpoint = VirtualEndpoint()
    for minute in range(6, 120):
        endpoint.submit(minute * MINUTE, 12)

    assert [] == endpoint.run(until=120 * MINUTE).history
    assert 12 * 114 == len(endpoint.ended)


@pytest.mark.parametrize("at_zero", list(BacklogAtZero))
def test_a_batch_wakes_a_sleeping_endpoint_and_is_answered(at_zero: BacklogAtZero) -> None:
    """Submitted at 40:10, measured at 41, seen at 42: +1; in service at 48, four at a time, 10 seconds each.

    Twelve requests take three rounds: answered at 48:10, 48:20 and 48:30.
    """
    endpoint = VirtualEndpoint(at_zero=at_zero)
    endpoint.submit(BATCH_AT, 12)
    endpoint.run(until=50 * MINUTE)

    assert [(21.0, 0), (42.0, 1)] == endpoint.history
    assert [Outcome.COMPLETED] * 12 == _outcomes(endpoint)
    expected = [48 * MINUTE + turn * 10 * SECOND for turn in (1, 2, 3) for _ in range(4)]
    assert expected == [one.ended for one in endpoint.ended]


def test_it_falls_asleep_again_after_a_large_batch() -> None:
    """Twelve is not low: minutes 41 to 48 ended the low alarm. Minutes 49 to 63 are low, seen at 64."""
    endpoint = VirtualEndpoint()
    endpoint.submit(BATCH_AT, 12)

    assert [(21.0, 0), (42.0, 1), (64.0, 0)] == endpoint.run(until=6 * HOUR).history


def test_it_falls_asleep_at_once_after_a_small_batch() -> None:
    """Two are below 4.5: the low alarm never ended, and its action repeats every minute.

    At 49 it sees minute 48, measured while both ran: 2 / 5 rounded up keeps the instance. At 50 it sees zero.
    """
    endpoint = VirtualEndpoint()
    endpoint.submit(BATCH_AT, 2)

    assert [(21.0, 0), (42.0, 1), (50.0, 0)] == endpoint.run(until=6 * HOUR).history
    assert [Outcome.COMPLETED] * 2 == _outcomes(endpoint)


def test_without_a_metric_at_zero_a_small_batch_leaves_fifteen_minutes() -> None:
    """Field reports: the low alarm starts anew with minute 48, is complete with minute 62, seen at 63."""
    endpoint = VirtualEndpoint(at_zero=FIELD_REPORTS)
    endpoint.submit(BATCH_AT, 2)

    assert [(21.0, 0), (42.0, 1), (63.0, 0)] == endpoint.run(until=6 * HOUR).history


def test_it_wakes_again_and_again() -> None:
    """Three batches, an hour and a half apart, are three wakes; each needs 2 minutes to be noticed."""
    endpoint = VirtualEndpoint()
    for number in range(3):
        endpoint.submit(BATCH_AT + number * 90 * MINUTE, 12)
    endpoint.run(until=6 * HOUR)

    assert [42.0, 132.0, 222.0] == [minute for minute, capacity in endpoint.history if capacity == 1]
    assert [Outcome.COMPLETED] * 36 == _outcomes(endpoint)
    assert () == endpoint.fleet.instances


def test_without_the_wake_policy_it_sleeps_until_the_backlog_exceeds_the_target() -> None:
    """AWS's text: five requests never wake it, a sixth at 60:10 does: 6 > 5 in 61, 62 and 63, seen at 64."""
    asleep = VirtualEndpoint(wakes=False, max_capacity=3)
    asleep.submit(BATCH_AT, 5)
    assert [(21.0, 0)] == asleep.run(until=5 * HOUR).history

    awake = VirtualEndpoint(wakes=False, max_capacity=3)
    awake.submit(BATCH_AT, 5)
    awake.submit(60 * MINUTE + 10 * SECOND, 1)
    assert [(21.0, 0), (64.0, 2)] == awake.run(until=80 * MINUTE).history
    assert [Outcome.COMPLETED] * 6 == _outcomes(awake)


def test_without_the_wake_policy_it_never_wakes_where_the_metric_is_absent() -> None:
    """Field reports. A hundred requests wait six hours and expire; nobody answers."""
    endpoint = VirtualEndpoint(wakes=False, at_zero=FIELD_REPORTS)
    endpoint.submit(BATCH_AT, 100)
    endpoint.run(until=7 * HOUR)

    assert [(21.0, 0)] == endpoint.history
    assert [Outcome.EXPIRED] * 100 == _outcomes(endpoint)
    assert {BATCH_AT + 6 * HOUR} == {one.ended for one in endpoint.ended}


def test_a_large_backlog_adds_instances_once_the_first_is_there() -> None:
    """Forty at a target of five want 8, at most 3. The high alarm fires from 44 on, but an instance is
    coming.

    It is in service at 48, just before the alarms look: then the others are asked for, and they come at 54.
    """
    endpoint = VirtualEndpoint(max_capacity=3, service_time=5 * MINUTE)
    endpoint.submit(BATCH_AT, 40)

    assert [(21.0, 0), (42.0, 1), (48.0, 3)] == endpoint.run(until=53 * MINUTE).history
    assert (2,) == endpoint.fleet.in_service
    assert (2, 3, 4) == endpoint.run(until=54 * MINUTE).fleet.in_service


def test_a_container_that_dies_is_replaced_and_its_requests_are_answered() -> None:
    """Dead at 10 with two requests of 30 seconds: replaced, in service at 16, both answered at 16:30."""
    endpoint = VirtualEndpoint(service_time=30 * SECOND)
    endpoint.submit(10 * MINUTE - 10 * SECOND, 2)
    endpoint.kill(10 * MINUTE, 1)
    endpoint.run(until=20 * MINUTE)

    assert [(Outcome.COMPLETED, 2)] * 2 == [(one.outcome, one.attempts) for one in endpoint.ended]
    assert {16 * MINUTE + 30 * SECOND} == {one.ended for one in endpoint.ended}
    assert (2,) == endpoint.fleet.in_service


def test_requests_in_flight_survive_falling_asleep() -> None:
    """Submitted at 20:30, after minute 20 was measured empty: told to sleep at 21, drained at 30:30."""
    endpoint = VirtualEndpoint(service_time=10 * MINUTE)
    endpoint.submit(20 * MINUTE + 30 * SECOND, 1)
    endpoint.run(until=30 * MINUTE)
    assert [(21.0, 0)] == endpoint.history
    assert [Phase.DRAINING] == [one.phase for one in endpoint.fleet.instances]

    endpoint.run(until=6 * HOUR)
    assert [(Outcome.COMPLETED, 30 * MINUTE + 30 * SECOND)] == [
        (one.outcome, one.ended) for one in endpoint.ended
    ]
    assert [(21.0, 0)] == endpoint.history
    assert () == endpoint.fleet.instances
