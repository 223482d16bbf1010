"""Gives metric values the dimensions of one endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.local.metric_sink import MetricSink


class Measurements:
    """Publishes the metrics of an endpoint; each with the dimensions that its fact names."""

    def __init__(self, sink: MetricSink, endpoint: str) -> None:
        self._sink = sink
        self._endpoint = endpoint

    def put(
        self, measured: Iterable[Measurement], variant: str, *, container: str = "", component: str = ""
    ) -> None:
        """Publish values. variant, container, component: whose they are, where the metric tells."""
        names = {"VariantName": variant, "ContainerName": container, "InferenceComponentName": component}
        for metric, value in measured:
            self._sink.put(metric, self._dimensions(metric, names), value)

    def _dimensions(self, metric: MetricFact, names: Mapping[str, str]) -> dict[str, str]:
        values = {"EndpointName": self._endpoint, **names}
        return {name: values[name] for name in metric.dimensions}
