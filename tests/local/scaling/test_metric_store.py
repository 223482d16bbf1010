"""Values of SageMaker's metrics: kept for alarms in SageMaker time, shown to users in real time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pilotlight.catalog.metrics import APPROXIMATE_BACKLOG_SIZE, MetricFact
from pilotlight.hosting.metric import Statistic
from pilotlight.hosting.micros import MINUTE
from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.metric_store import MetricStore

START = datetime(2026, 1, 1, tzinfo=UTC)
ONE, OTHER = {"EndpointName": "one"}, {"EndpointName": "other"}


@pytest.fixture
def shown() -> list[tuple[float, datetime]]:
    """What users see."""
    return []


@pytest.fixture
def store(wall: Any, shown: list[tuple[float, datetime]]) -> MetricStore:
    """A store in which one second is a minute."""

    def forward(_metric: MetricFact, _dimensions: Mapping[str, str], value: float, at: datetime) -> None:
        shown.append((value, at))

    return MetricStore(ScaledClock(60, monotonic=wall, started=START), forward)


def _read(store: MetricStore, dimensions: Mapping[str, str], minutes: int = 3) -> tuple[float | None, ...]:
    metric = APPROXIMATE_BACKLOG_SIZE
    return store.datapoints(
        metric.namespace,
        metric.name,
        dimensions,
        period=MINUTE,
        count=minutes,
        statistic=Statistic.AVERAGE,
        now=minutes * MINUTE,
    )


def test_reads_what_was_put_by_the_minute(store: MetricStore, wall: Any) -> None:
    """A second on the wall is a minute of the metric; minutes without a value are missing, not zero."""
    for wall.seconds, value in ((0.1, 2), (0.9, 4), (2.5, 7)):
        store.put(APPROXIMATE_BACKLOG_SIZE, ONE, value)

    assert (3.0, None, 7.0) == _read(store, ONE)


def test_endpoints_do_not_share_their_values(store: MetricStore) -> None:
    """A metric is a name and exactly these dimensions: more or fewer name another one."""
    store.put(APPROXIMATE_BACKLOG_SIZE, ONE, 5)

    assert (None,) == _read(store, OTHER, minutes=1)
    assert (None,) == _read(store, {}, minutes=1)
    assert (None,) == _read(store, ONE | {"VariantName": "AllTraffic"}, minutes=1)
    assert (5.0,) == _read(store, ONE, minutes=1)


def test_users_see_the_real_time(store: MetricStore, wall: Any, shown: list[tuple[float, datetime]]) -> None:
    """Two minutes of SageMaker time are two seconds for somebody who looks at CloudWatch."""
    wall.seconds = 2.0

    store.put(APPROXIMATE_BACKLOG_SIZE, ONE, 1)

    assert [(1, START + timedelta(seconds=2))] == shown
