"""Keeps the values that alarms read, one series for each metric and set of dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting import metric_store
from pilotlight.hosting.metric import Statistic, datapoints
from pilotlight.hosting.metric_store import MetricKey
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.percentile import Percentile
from pilotlight.local.clock import ScaledClock

Forward = Callable[[MetricFact, Mapping[str, str], float, datetime], None]
"""Shows a value to users; called with the real time."""

_RESOLUTION: Micros = SECOND
"""Finer than any period: an endpoint's values are few, so none need be merged."""


class MetricStore:
    """A `MetricSink` whose series carry SageMaker time. Thread-safe."""

    def __init__(self, clock: ScaledClock, forward: Forward) -> None:
        self._clock = clock
        self._forward = forward
        self._store = metric_store.MetricStore(_RESOLUTION, keeps_values=True)
        self._lock = Lock()

    def put(self, metric: MetricFact, dimensions: Mapping[str, str], value: float) -> None:
        """Record one value, stamped with the present SageMaker time."""
        now = self._clock.now()
        key = MetricKey.of(metric.namespace, metric.name, dimensions)
        with self._lock:
            self._store.put(key, now, value)
        self._forward(metric, dimensions, value, self._clock.utc(now))

    def datapoints(
        self,
        namespace: str,
        name: str,
        dimensions: Mapping[str, str],
        *,
        period: Micros,
        count: int,
        statistic: Statistic | Percentile,
        now: Micros,
    ) -> tuple[float | None, ...]:
        """The last complete periods of the metric with exactly these dimensions; None: no data."""
        with self._lock:
            series = self._store.series(MetricKey.of(namespace, name, dimensions))
            return datapoints(series, period=period, count=count, statistic=statistic, now=now)
