"""Keeps the values that alarms read, one series for each metric and set of dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting.metric import MetricSeries, Statistic, datapoints
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.local.clock import ScaledClock

Forward = Callable[[MetricFact, Mapping[str, str], float, datetime], None]
"""Shows a value to users; called with the real time."""

_RESOLUTION: Micros = SECOND
"""Finer than any period: an endpoint's values are few, so none need be merged."""

_Key = tuple[str, str, frozenset[tuple[str, str]]]


class MetricStore:
    """A `MetricSink` whose series carry SageMaker time. Thread-safe."""

    def __init__(self, clock: ScaledClock, forward: Forward) -> None:
        self._clock = clock
        self._forward = forward
        self._series: dict[_Key, MetricSeries] = {}
        self._lock = Lock()

    def put(self, metric: MetricFact, dimensions: Mapping[str, str], value: float) -> None:
        """Record one value, stamped with the present SageMaker time."""
        now = self._clock.now()
        key = _key(metric.namespace, metric.name, dimensions)
        with self._lock:
            self._series.setdefault(key, MetricSeries(resolution=_RESOLUTION)).append(now, value)
        self._forward(metric, dimensions, value, self._clock.utc(now))

    def datapoints(
        self,
        namespace: str,
        name: str,
        dimensions: Mapping[str, str],
        *,
        period: Micros,
        count: int,
        statistic: Statistic,
        now: Micros,
    ) -> tuple[float | None, ...]:
        """The last complete periods of the metric with exactly these dimensions; None: no data."""
        with self._lock:
            series = self._series.get(_key(namespace, name, dimensions))
            if series is None:
                return (None,) * count
            return datapoints(series, period=period, count=count, statistic=statistic, now=now)


def _key(namespace: str, name: str, dimensions: Mapping[str, str]) -> _Key:
    return namespace, name, frozenset(dimensions.items())
