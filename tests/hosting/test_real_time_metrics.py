"""What a real-time variant publishes: shares per instance, rates as averages, microseconds."""

from __future__ import annotations

from random import Random

import pytest

from pilotlight.catalog import metrics
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.real_time import InstanceJoined, Invoked, RealTimeVariant, step
from pilotlight.hosting.real_time_metrics import (
    Outcome,
    arrival_metrics,
    concurrency_metrics,
    outcome_metrics,
)
from pilotlight.hosting.routing import LeastOutstandingRequests


def test_each_request_counts_as_its_share_of_an_instance() -> None:
    """Documented: one divided by the instances, so that the sum is per instance."""
    assert {metrics.INVOCATIONS: 1, metrics.INVOCATIONS_PER_INSTANCE: 0.25} == dict(arrival_metrics(4))


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, (0, 0, 0)), (415, (1, 0, 1)), (500, (0, 1, 1)), (507, (0, 1, 1)), (None, (0, 1, 1))],
)
def test_the_average_of_errors_is_their_rate(status: int | None, expected: tuple[int, int, int]) -> None:
    """Each request gives a 0 or a 1; no answer at all counts as the server's fault."""
    found = dict(outcome_metrics(Outcome(status, model=7, overhead=2)))

    assert expected == (
        found[metrics.INVOCATION_4XX_ERRORS],
        found[metrics.INVOCATION_5XX_ERRORS],
        found[metrics.INVOCATION_MODEL_ERRORS],
    )
    assert (7, 2) == (found[metrics.MODEL_LATENCY], found[metrics.OVERHEAD_LATENCY])


def test_a_stream_has_its_first_chunk_too() -> None:
    """Only a stream: a whole answer has none of these metrics."""
    whole = dict(outcome_metrics(Outcome(200, model=9, overhead=1)))
    found = dict(outcome_metrics(Outcome(200, model=9, overhead=1, first_chunk=4)))

    assert metrics.FIRST_CHUNK_LATENCY not in whole
    assert (5, 4, 1, 0) == (
        found[metrics.FIRST_CHUNK_LATENCY],
        found[metrics.FIRST_CHUNK_MODEL_LATENCY],
        found[metrics.FIRST_CHUNK_OVERHEAD_LATENCY],
        found[metrics.MID_STREAM_ERRORS],
    )


def test_concurrency_is_published_for_each_instance() -> None:
    """Three requests on two instances: their average is what one instance has, 1.5."""
    state = RealTimeVariant(LeastOutstandingRequests(), Random(1))
    for instance in (1, 2):
        step(state, InstanceJoined(InstanceId(instance)), 0)
    for request in "abc":
        step(state, Invoked(request), 0)

    values = [value for _, value in concurrency_metrics(state)]

    assert (2, 1.5) == (len(values), sum(values) / len(values))
