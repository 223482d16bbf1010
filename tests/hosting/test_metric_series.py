"""Values in, datapoints out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.metric import MetricSeries, Statistic, datapoints
from pilotlight.hosting.metric_store import MetricKey, MetricStore
from pilotlight.hosting.micros import DAY, MINUTE, SECOND, Micros


def _series(*values: tuple[Micros, float], resolution: Micros = MINUTE) -> MetricSeries:
    series = MetricSeries(resolution=resolution)
    for at, value in values:
        series.append(at, value)
    return series


def test_each_statistic_of_one_period() -> None:
    """Three values in a minute, five statistics."""
    series = _series((0, 1.0), (20 * SECOND, 5.0), (59 * SECOND, 3.0))
    seen = {
        statistic: datapoints(series, period=MINUTE, count=1, statistic=statistic, now=MINUTE)
        for statistic in Statistic
    }

    assert {
        Statistic.AVERAGE: (3.0,),
        Statistic.SUM: (9.0,),
        Statistic.MINIMUM: (1.0,),
        Statistic.MAXIMUM: (5.0,),
        Statistic.SAMPLE_COUNT: (3.0,),
    } == seen


def test_the_running_period_is_not_shown() -> None:
    """A minute counts when it is over, not before."""
    series = _series((0, 1.0), (MINUTE, 2.0))
    before = datapoints(series, period=MINUTE, count=2, statistic=Statistic.SUM, now=2 * MINUTE - 1)
    after = datapoints(series, period=MINUTE, count=2, statistic=Statistic.SUM, now=2 * MINUTE)

    assert (None, 1.0) == before
    assert (1.0, 2.0) == after


def test_five_minute_windows_slide_by_the_minute() -> None:
    """CloudWatch User Guide: at the end of minute 5 minutes 1 to 5, at the end of minute 6 minutes 2 to 6."""
    series = _series(*((minute * MINUTE, 10.0**minute) for minute in range(6)))

    assert [(11_111.0,), (111_110.0,)] == [
        datapoints(series, period=5 * MINUTE, count=1, statistic=Statistic.SUM, now=end * MINUTE)
        for end in (5, 6)
    ]


def test_a_period_below_the_resolution_finds_gaps() -> None:
    """botocore, PutMetricAlarm.Period: at a minute's resolution the attempts in between receive no data."""
    series = _series((5 * SECOND, 1.0), (25 * SECOND, 1.0))
    fine = _series((5 * SECOND, 1.0), (25 * SECOND, 1.0), resolution=10 * SECOND)
    coarse_and_fine = [
        datapoints(one, period=10 * SECOND, count=3, statistic=Statistic.SUM, now=30 * SECOND)
        for one in (series, fine)
    ]

    assert [(2.0, None, None), (1.0, None, 1.0)] == coarse_and_fine


def test_old_values_are_forgotten() -> None:
    """A series of a week is as large as one of a day."""
    series = _series(*((minute * MINUTE, 1.0) for minute in range(7 * 24 * 60)))

    assert 24 * 60 + 1 == len(series._sets)
    assert (1.0,) * 10 == datapoints(
        series, period=MINUTE, count=10, statistic=Statistic.AVERAGE, now=7 * DAY
    )


@given(
    values=st.lists(st.tuples(st.integers(0, 30 * 60 - 1), st.integers(-1000, 1000))),
    period=st.sampled_from([10, 20, 30, 60, 120, 300]),
)
def test_no_value_is_lost_or_counted_twice(values: list[tuple[int, int]], period: int) -> None:
    """The sums of all periods add up to all values, in whatever order they came."""
    series = _series(*((at * SECOND, float(value)) for at, value in values), resolution=10 * SECOND)
    count = 30 * 60 // period
    read = {"period": period * SECOND, "count": count, "now": 30 * MINUTE}
    sums = datapoints(series, statistic=Statistic.SUM, **read)
    counts = datapoints(series, statistic=Statistic.SAMPLE_COUNT, **read)

    assert sum(value for _, value in values) == sum(one for one in sums if one is not None)
    assert len(values) == sum(one for one in counts if one is not None)
    assert [one is None for one in sums] == [one is None for one in counts]


def test_dimensions_make_the_metric() -> None:
    """CloudWatch User Guide: each unique combination of dimensions is a separate metric."""
    store = MetricStore()
    published = MetricKey.of("AWS/SageMaker", "ApproximateBacklogSizePerInstance", {"EndpointName": "intent"})
    with_variant = MetricKey.of(
        "AWS/SageMaker",
        "ApproximateBacklogSizePerInstance",
        {"EndpointName": "intent", "VariantName": "AllTraffic"},
    )
    store.put(published, 0, 7.0)
    seen = [
        datapoints(store.series(key), period=MINUTE, count=1, statistic=Statistic.AVERAGE, now=MINUTE)
        for key in (published, with_variant)
    ]

    assert [(7.0,), (None,)] == seen


def test_the_order_of_dimensions_does_not_matter() -> None:
    """Dimensions are a set of names with values."""
    one = MetricKey.of("AWS/SageMaker", "ExpiredRequests", {"EndpointName": "a", "VariantName": "b"})
    other = MetricKey.of("AWS/SageMaker", "ExpiredRequests", {"VariantName": "b", "EndpointName": "a"})

    assert one == other


@pytest.mark.parametrize(("store", "expected"), [(MetricStore(), None), (MetricStore(SECOND), 7.0)])
def test_resolution_of_a_store_is_that_of_its_series(store: MetricStore, expected: float | None) -> None:
    """Only a store finer than a minute finds a value in a period of ten seconds."""
    key = MetricKey.of("AWS/SageMaker", "ExpiredRequests", {})
    store.put(key, 35 * SECOND, 7.0)
    read = {"period": 10 * SECOND, "count": 1, "now": 40 * SECOND}

    assert (expected,) == datapoints(store.series(key), statistic=Statistic.SUM, **read)
