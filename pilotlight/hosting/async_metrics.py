"""What an asynchronous endpoint publishes to CloudWatch, as pure functions of its queue."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from pilotlight.catalog.metrics import (
    APPROXIMATE_AGE_OF_OLDEST_REQUEST,
    APPROXIMATE_BACKLOG_SIZE,
    APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE,
    EXPIRED_REQUESTS,
    HAS_BACKLOG_WITHOUT_CAPACITY,
    INVOCATION_FAILURES,
    TIME_IN_BACKLOG,
    TOTAL_PROCESSING_TIME,
    MetricFact,
)
from pilotlight.hosting.async_queue import AsyncQueue, Ended, Outcome
from pilotlight.hosting.micros import MINUTE, Micros, in_seconds

PUBLISH_INTERVAL: Micros = MINUTE
"""How often the driver samples `backlog_metrics`: one value in each period of an alarm."""

Measurement: TypeAlias = tuple[MetricFact, float]
"""A metric and a value of it, in the metric's unit."""

_MILLISECONDS = 1000


class BacklogAtZero(StrEnum):
    """What ApproximateBacklogSizePerInstance is without instances: the sources contradict each other."""

    WHOLE_BACKLOG = "whole backlog"
    """The backlog, as if there were one instance: target tracking wakes when it exceeds the target."""

    ABSENT = "absent"
    """No datapoint at all: target tracking never wakes."""


def backlog_metrics(
    queue: AsyncQueue, now: Micros, at_zero: BacklogAtZero = BacklogAtZero.WHOLE_BACKLOG
) -> tuple[Measurement, ...]:
    """Measure the queue, every `PUBLISH_INTERVAL`: these carry the dimension EndpointName alone.

    at_zero: the backlog per instance without instances. Default: AWS's text.
    """
    size = queue.waiting + queue.in_process
    stranded = queue.waiting > 0 and queue.instances == 0
    oldest = now if queue.oldest_waiting is None else queue.oldest_waiting
    always = (
        (APPROXIMATE_BACKLOG_SIZE, float(size)),
        (HAS_BACKLOG_WITHOUT_CAPACITY, float(stranded)),
        (APPROXIMATE_AGE_OF_OLDEST_REQUEST, max(0.0, in_seconds(now - oldest))),
    )
    if queue.instances == 0 and at_zero is BacklogAtZero.ABSENT:
        return always
    return (*always, (APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE, size / max(1, queue.instances)))


def request_metrics(ended: Ended) -> tuple[Measurement, ...]:
    """Measure a request that has ended: these carry EndpointName and VariantName."""
    if ended.outcome is Outcome.EXPIRED:
        return ((EXPIRED_REQUESTS, 1.0),)
    dispatched = ended.ended if ended.dispatched is None else ended.dispatched
    timings = (
        (TIME_IN_BACKLOG, in_seconds(dispatched - ended.submitted) * _MILLISECONDS),
        (TOTAL_PROCESSING_TIME, in_seconds(ended.ended - ended.submitted) * _MILLISECONDS),
    )
    failure = ((INVOCATION_FAILURES, 1.0),) if ended.outcome is Outcome.FAILED else ()
    return (*timings, *failure)
