"""Gives metric values the dimensions of one endpoint."""

from __future__ import annotations

from collections.abc import Iterable

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.local.metric_sink import MetricSink


class Measurements:
    """Publishes the metrics of an endpoint; each with the dimensions that its fact names."""

    def __init__(self, sink: MetricSink, endpoint: str) -> None:
        self._sink = sink
        self._endpoint = endpoint

    def put(self, measured: Iterable[Measurement], variant: str) -> None:
        """Publish values. variant: the one they belong to, where the metric has that dimension."""
        for metric, value in measured:
            self._sink.put(metric, self._dimensions(metric, variant), value)

    def _dimensions(self, metric: MetricFact, variant: str) -> dict[str, str]:
        values = {"EndpointName": self._endpoint, "VariantName": variant}
        return {name: values[name] for name in metric.dimensions}
