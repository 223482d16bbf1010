"""All metric series of an account and region: each combination of dimensions is a metric of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilotlight.hosting.metric import MetricSeries
from pilotlight.hosting.micros import MINUTE, Micros


@dataclass(frozen=True, slots=True)
class MetricKey:
    """What identifies a metric: namespace, name and exactly its dimensions, in no particular order."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, namespace: str, name: str, dimensions: Mapping[str, str]) -> MetricKey:
        """Build the key from dimensions as a mapping."""
        return cls(namespace, name, frozenset(dimensions.items()))


@dataclass(slots=True)
class MetricStore:
    """The series by their key. An owned object: `put` changes it in place.

    resolution: that of every series. Default: a minute, CloudWatch's standard resolution.
    keeps_values: whether percentiles can be read. Default: no.
    """

    resolution: Micros = MINUTE
    keeps_values: bool = False
    _series: dict[MetricKey, MetricSeries] = field(default_factory=dict, repr=False)

    def put(self, key: MetricKey, at: Micros, value: float) -> None:
        """Add a value measured at a moment."""
        new = MetricSeries(self.resolution, keeps_values=self.keeps_values)
        self._series.setdefault(key, new).append(at, value)

    def series(self, key: MetricKey) -> MetricSeries:
        """Find a series; an empty one when nothing was measured under exactly this key."""
        return self._series.get(key, MetricSeries(self.resolution))
