"""Counts the executions of state machines, as Step Functions tells CloudWatch of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotlight.catalog import metrics
from pilotlight.local.metric_sink import MetricSink

COUNTED = {
    "RUNNING": metrics.EXECUTIONS_STARTED,
    "SUCCEEDED": metrics.EXECUTIONS_SUCCEEDED,
    "FAILED": metrics.EXECUTIONS_FAILED,
    "ABORTED": metrics.EXECUTIONS_ABORTED,
}
"""The status of an execution → the metric that counts it."""


def count_execution(sink: MetricSink, execution: Mapping[str, Any]) -> None:
    """Record the metric that a new status of an execution adds to."""
    fact = COUNTED.get(execution["status"])
    if fact is not None:
        sink.put(fact, {metrics.STATE_MACHINE[0]: execution["stateMachineArn"]}, 1)
