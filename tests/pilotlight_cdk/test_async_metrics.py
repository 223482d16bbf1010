"""An asynchronous endpoint has a method for each metric that AWS publishes for it, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.catalog import metrics
from pilotlight_cdk import AsyncEndpoint
from pilotlight_cdk.async_metrics import AsyncMetrics

FACTS = {name.lower(): fact for name, fact in vars(metrics).items() if isinstance(fact, metrics.MetricFact)}
ASYNC = {name: fact for name, fact in FACTS.items() if "async" in fact.kinds}


class Named(AsyncMetrics):
    """Something with the metrics of an endpoint."""

    endpoint_name = "ocr"


def methods(kind: type) -> set[str]:
    """The metrics that a class has methods for."""
    return {name.removeprefix("metric_") for name in dir(kind) if name.startswith("metric_")}


def test_there_is_a_method_for_each_metric() -> None:
    """Nothing that is published is left out, nothing that is not is offered."""
    assert {*ASYNC} == methods(AsyncEndpoint)


@pytest.mark.parametrize("name", sorted(ASYNC))
def test_a_method_gives_its_metric_as_aws_publishes_it(name: str) -> None:
    """Namespace, name and dimensions are the catalogue's."""
    fact = ASYNC[name]
    metric: Any = getattr(Named(), f"metric_{name}")()

    assert (fact.namespace, fact.name, fact.statistic) == (
        metric.namespace,
        metric.metric_name,
        metric.statistic,
    )
    values = {"EndpointName": "ocr", "VariantName": "AllTraffic"}
    assert {dimension: values[dimension] for dimension in fact.dimensions} == metric.dimensions


def test_the_statistic_can_be_chosen() -> None:
    """An option of the caller wins over the catalogue's."""
    from aws_cdk import Duration  # noqa: PLC0415 - after Node was found

    metric = Named().metric_time_in_backlog(statistic="p99", period=Duration.minutes(5))

    assert ("p99", 300) == (metric.statistic, metric.period.to_seconds())
