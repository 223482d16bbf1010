"""What the alarms of asynchronous endpoints mean."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pilotlight.catalog import metrics, queue_metrics
from pilotlight.template.conversions import LONGEST
from pilotlight.template.endpoint_alarm import Threshold


def age(seconds: float) -> timedelta:
    """Give what a threshold in seconds means."""
    return timedelta(seconds=min(seconds, LONGEST))


def count(number: float) -> float:
    """Give a whole number where it is one; the spec refuses another."""
    return int(number) if number == int(number) else number


THRESHOLDS: Final = (
    Threshold("backlog_age", metrics.APPROXIMATE_AGE_OF_OLDEST_REQUEST, age),
    Threshold("expired_requests", metrics.EXPIRED_REQUESTS, count),
    Threshold("failures", metrics.INVOCATION_FAILURES, count),
)
"""The alarms on what SageMaker publishes."""

DEAD_LETTERS: Final = Threshold("dead_letters", queue_metrics.MESSAGES_VISIBLE, count)
"""The alarm on the dead-letter queue of the completion pipeline."""
