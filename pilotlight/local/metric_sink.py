"""Where the data plane puts what CloudWatch would receive from SageMaker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pilotlight.catalog.metrics import MetricFact


class MetricSink(Protocol):
    """Takes metric values: the alarms read them, and users see them in CloudWatch."""

    def put(self, metric: MetricFact, dimensions: Mapping[str, str], value: float) -> None:
        """Record one value of `metric`, stamped with the present SageMaker time. Never blocks."""
