"""What an asynchronous endpoint publishes."""

from __future__ import annotations

import pytest

from pilotlight.hosting.async_metrics import BacklogAtZero, backlog_metrics, request_metrics
from pilotlight.hosting.async_queue import (
    AsyncQueue,
    AsyncRequest,
    Ended,
    InstanceJoined,
    Outcome,
    QueueSettings,
    Submitted,
    step,
)
from pilotlight.hosting.micros import MINUTE, SECOND


def _queue(requests: int, instances: int) -> AsyncQueue:
    queue = AsyncQueue(QueueSettings(max_concurrent_invocations_per_instance=2))
    for number in range(requests):
        step(queue, Submitted(AsyncRequest(str(number))), number * SECOND)
    for number in range(instances):
        step(queue, InstanceJoined(number), 10 * SECOND)
    return queue


def _read(queue: AsyncQueue, at_zero: BacklogAtZero = BacklogAtZero.WHOLE_BACKLOG) -> dict[str, float]:
    return {fact.name: value for fact, value in backlog_metrics(queue, MINUTE, at_zero)}


def test_the_backlog_counts_waiting_and_running_requests() -> None:
    """Developer Guide: "currently being processed or yet to be processed", divided by the instances."""
    assert {
        "ApproximateBacklogSize": 9.0,
        "ApproximateBacklogSizePerInstance": 4.5,
        "HasBacklogWithoutCapacity": 0.0,
        "ApproximateAgeOfOldestRequest": 56.0,
    } == _read(_queue(9, instances=2))


def test_a_backlog_without_capacity_is_one() -> None:
    """Developer Guide: 1 "when there are requests in the queue but zero instances behind the endpoint"."""
    assert {
        "ApproximateBacklogSize": 3.0,
        "ApproximateBacklogSizePerInstance": 3.0,
        "HasBacklogWithoutCapacity": 1.0,
        "ApproximateAgeOfOldestRequest": 60.0,
    } == _read(_queue(3, instances=0))


def test_a_single_request_is_a_backlog() -> None:
    """One is enough to wake an endpoint."""
    assert 1.0 == _read(_queue(1, instances=0))["HasBacklogWithoutCapacity"]


def test_zero_instances_without_requests_are_no_backlog() -> None:
    """Asleep and nobody asks: everything is zero."""
    assert {0.0} == set(_read(_queue(0, instances=0)).values())


def test_the_backlog_per_instance_at_zero_is_a_switch() -> None:
    """Field reports have no value there; the others stay."""
    absent = _read(_queue(3, instances=0), BacklogAtZero.ABSENT)

    assert "ApproximateBacklogSizePerInstance" not in absent
    assert 1.0 == absent["HasBacklogWithoutCapacity"]
    assert 1.5 == _read(_queue(3, instances=2), BacklogAtZero.ABSENT)["ApproximateBacklogSizePerInstance"]


def test_the_backlog_metrics_carry_the_endpoint_name_alone() -> None:
    """An alarm with VariantName on them would never see a value."""
    assert {("EndpointName",)} == {fact.dimensions for fact, _ in backlog_metrics(_queue(1, 0), MINUTE)}


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.COMPLETED, {"TimeInBacklog": 2000.0, "TotalProcessingTime": 5000.0}),
        (Outcome.FAILED, {"TimeInBacklog": 2000.0, "TotalProcessingTime": 5000.0, "InvocationFailures": 1.0}),
        (Outcome.EXPIRED, {"ExpiredRequests": 1.0}),
    ],
)
def test_an_ended_request_is_measured_in_milliseconds(outcome: Outcome, expected: dict[str, float]) -> None:
    """Two seconds in the backlog, five in all; an expired request is counted as such and nothing else."""
    ended = Ended("a", outcome, None, MINUTE, MINUTE + 2 * SECOND, MINUTE + 5 * SECOND, attempts=1)
    measured = request_metrics(ended)

    assert expected == {fact.name: value for fact, value in measured}
    assert {("EndpointName", "VariantName")} == {fact.dimensions for fact, _ in measured}
