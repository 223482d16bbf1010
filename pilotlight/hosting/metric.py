"""Metric series: values go in as they are measured, datapoints per period and statistic come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pilotlight.hosting.micros import DAY, MINUTE, Micros
from pilotlight.hosting.percentile import Percentile


class Statistic(StrEnum):
    """How the values inside one period become one datapoint; CloudWatch's names."""

    AVERAGE = "Average"
    SUM = "Sum"
    MINIMUM = "Minimum"
    MAXIMUM = "Maximum"
    SAMPLE_COUNT = "SampleCount"


@dataclass(frozen=True, slots=True)
class StatisticSet:
    """What is kept of several values: enough for every `Statistic`."""

    count: int
    total: float
    minimum: float
    maximum: float

    @classmethod
    def of(cls, value: float) -> StatisticSet:
        """Start with one value."""
        return cls(1, value, value, value)

    def __add__(self, other: StatisticSet) -> StatisticSet:
        return StatisticSet(
            self.count + other.count,
            self.total + other.total,
            min(self.minimum, other.minimum),
            max(self.maximum, other.maximum),
        )

    def value(self, statistic: Statistic) -> float:
        """Read one statistic."""
        match statistic:
            case Statistic.AVERAGE:
                return self.total / self.count
            case Statistic.SUM:
                return self.total
            case Statistic.MINIMUM:
                return self.minimum
            case Statistic.MAXIMUM:
                return self.maximum
            case Statistic.SAMPLE_COUNT:
                return float(self.count)


@dataclass(slots=True)
class MetricSeries:
    """The values of one metric with one set of dimensions.

    An owned object: `append` changes it in place, because a copy per value would make a run quadratic.

    resolution: values closer together than this are kept as one statistic set. Default: a minute,
      CloudWatch's standard resolution. Periods shorter than the resolution find gaps, as they do on AWS.
    keep: older values are forgotten. Default: one day, the longest evaluation of an alarm with a period
      below an hour.
    keeps_values: whether percentiles can be read, which need every value. Default: no.
    """

    resolution: Micros = MINUTE
    keep: Micros = DAY
    keeps_values: bool = False
    _sets: dict[Micros, StatisticSet] = field(default_factory=dict, repr=False)
    _values: dict[Micros, list[float]] = field(default_factory=dict, repr=False)

    def append(self, at: Micros, value: float) -> None:
        """Add a value measured at a moment; moments may come out of order."""
        begin = at - at % self.resolution
        kept = self._sets.get(begin)
        self._sets[begin] = StatisticSet.of(value) if kept is None else kept + StatisticSet.of(value)
        if self.keeps_values:
            self._values.setdefault(begin, []).append(value)
        if kept is None:
            self._forget(before=at - self.keep)

    def between(self, begin: Micros, end: Micros) -> StatisticSet | None:
        """Put together what was measured from `begin` on and before `end`; None when nothing was."""
        found = [one for at in self._moments(begin, end) if (one := self._sets.get(at)) is not None]
        return None if not found else sum(found[1:], start=found[0])

    def read(self, begin: Micros, end: Micros, statistic: Statistic | Percentile) -> float | None:
        """Read a statistic of what was measured from `begin` on and before `end`; None when nothing was."""
        if isinstance(statistic, Percentile):
            values = [value for at in self._moments(begin, end) for value in self._values.get(at, ())]
            return statistic.of(values) if values else None
        found = self.between(begin, end)
        return None if found is None else found.value(statistic)

    def _moments(self, begin: Micros, end: Micros) -> range:
        return range(-(-begin // self.resolution) * self.resolution, end, self.resolution)

    def _forget(self, before: Micros) -> None:
        while (oldest := next(iter(self._sets))) + self.resolution <= before:
            del self._sets[oldest]
            self._values.pop(oldest, None)


def datapoints(
    series: MetricSeries, *, period: Micros, count: int, statistic: Statistic | Percentile, now: Micros
) -> tuple[float | None, ...]:
    """Read the last `count` complete periods, oldest first; None where nothing was measured.

    The newest period ends with the last whole minute (or the last multiple of a shorter period), as in AWS's
    example: a period of five minutes covers minutes 1 to 5 at the end of minute 5, then minutes 2 to 6.
    Source: CloudWatch User Guide, "Evaluating an alarm".
    """
    end = now - now % min(period, MINUTE)
    begins = (end - period * back for back in range(count, 0, -1))
    return tuple(series.read(begin, begin + period, statistic) for begin in begins)
