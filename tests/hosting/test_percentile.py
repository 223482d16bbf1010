"""Percentiles by nearest rank, reckoned by hand."""

from __future__ import annotations

import pytest

from pilotlight.hosting.metric import MetricSeries, Statistic, datapoints
from pilotlight.hosting.micros import MINUTE, SECOND
from pilotlight.hosting.percentile import Percentile


@pytest.mark.parametrize(
    ("text", "expected"),
    [("p0", 1.0), ("p50", 50.0), ("p90", 90.0), ("p99", 99.0), ("p99.5", 100.0), ("p100", 100.0)],
)
def test_of_the_numbers_from_1_to_100(text: str, expected: float) -> None:
    """Whatever order they came in."""
    assert expected == Percentile.parse(text).of([float(each) for each in range(100, 0, -1)])


def test_one_value_is_every_percentile() -> None:
    """A period with one request."""
    assert {7.0} == {Percentile(rank).of([7.0]) for rank in (0, 1, 50, 99.9, 100)}


@pytest.mark.parametrize("text", ["p101", "p", "tm90", "p-1", "average"])
def test_fails_when_it_is_none(text: str) -> None:
    """CloudWatch has other statistics that look alike."""
    with pytest.raises(ValueError, match=f"got {text}"):
        Percentile.parse(text)


def test_a_series_reads_percentiles_of_each_period() -> None:
    """Beside the other statistics; a period without values has none, and what is forgotten is forgotten."""
    series = MetricSeries(SECOND, keep=10 * MINUTE, keeps_values=True)
    for second in range(60):
        series.append(second * SECOND, float(second))
    series.append(2 * MINUTE, 5.0)

    def read(statistic: Statistic | Percentile) -> tuple[float | None, ...]:
        return datapoints(series, period=MINUTE, count=3, statistic=statistic, now=3 * MINUTE)

    assert (53.0, None, 5.0) == read(Percentile(90))
    assert (59.0, None, 5.0) == read(Statistic.MAXIMUM)
    series.append(20 * MINUTE, 1.0)
    assert (None, None, None) == read(Percentile(90))
