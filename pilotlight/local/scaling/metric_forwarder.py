"""Shows metrics to users: sends SageMaker's and those of logs to the emulator's CloudWatch, in batches."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any

from pilotlight.catalog.metrics import MetricFact
from pilotlight.local.aws import Aws

_LOG = logging.getLogger("pilotlight")
SEND_EVERY_S = 1.0
_BATCH = 500


class MetricForwarder:
    """Forwards values with their real time: under a time scale they lie closer together in CloudWatch."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._waiting: SimpleQueue[tuple[str, dict[str, Any]]] = SimpleQueue()

    def forward(self, metric: MetricFact, dimensions: Mapping[str, str], value: float, at: datetime) -> None:
        """Take one value; never blocks."""
        datum = {
            "MetricName": metric.name,
            "Dimensions": [{"Name": name, "Value": each} for name, each in dimensions.items()],
            "Timestamp": at,
            "Value": value,
            "Unit": metric.unit,
        }
        self.take(metric.namespace, datum)

    def take(self, namespace: str, datum: dict[str, Any]) -> None:
        """Take one value, as PutMetricData takes it; never blocks."""
        self._waiting.put((namespace, datum))

    def send(self) -> None:
        """Send what waits, however much a fast clock has made of it."""
        for _ in range(self._waiting.qsize() // _BATCH + 1):
            for namespace, data in self._taken().items():
                self._send(namespace, data)

    def _taken(self) -> dict[str, list[dict[str, Any]]]:
        taken: dict[str, list[dict[str, Any]]] = {}
        for _ in range(_BATCH):
            try:
                namespace, datum = self._waiting.get_nowait()
            except Empty:
                break
            taken.setdefault(namespace, []).append(datum)
        return taken

    def _send(self, namespace: str, data: list[dict[str, Any]]) -> None:
        try:
            self._aws.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=data)
        except Exception:  # noqa: BLE001 - users see fewer points in CloudWatch; alarms read the store
            _LOG.warning("could not forward %d metric values to CloudWatch", len(data), exc_info=True)
