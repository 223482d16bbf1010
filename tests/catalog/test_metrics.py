"""Metrics: each known once, with the dimensions AWS publishes it under."""

from __future__ import annotations

import pytest

from pilotlight.catalog import metrics
from pilotlight.catalog.metrics import MetricFact

CLOUDWATCH_UNITS = {"Count", "Seconds", "Milliseconds", "Microseconds", "None", "Percent"}
NAMED = [fact for fact in vars(metrics).values() if isinstance(fact, MetricFact)]


def test_the_list_holds_every_metric_once() -> None:
    """A metric that is named but not listed would be in no dashboard."""
    assert sorted(fact.name for fact in NAMED) == sorted(fact.name for fact in metrics.METRICS)
    assert len({(fact.namespace, fact.name) for fact in NAMED}) == len(metrics.METRICS)


@pytest.mark.parametrize(
    "fact",
    [
        metrics.HAS_BACKLOG_WITHOUT_CAPACITY,
        metrics.APPROXIMATE_BACKLOG_SIZE,
        metrics.APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE,
        metrics.APPROXIMATE_AGE_OF_OLDEST_REQUEST,
    ],
    ids=lambda fact: fact.name,
)
def test_the_backlog_belongs_to_the_endpoint(fact: MetricFact) -> None:
    """A query with VariantName finds no backlog: the queue is in front of the variants."""
    assert ("EndpointName",) == fact.dimensions


def test_what_happens_to_a_request_belongs_to_a_variant() -> None:
    """Failures and expiries are published per variant."""
    assert {("EndpointName", "VariantName")} == {
        fact.dimensions
        for fact in (metrics.EXPIRED_REQUESTS, metrics.INVOCATION_FAILURES, metrics.TIME_IN_BACKLOG)
    }


@pytest.mark.parametrize("name", ["Invocations", "InvocationsPerInstance", "OverheadLatency"])
def test_async_endpoints_publish_no_invocation_metrics(name: str) -> None:
    """AWS does not publish these for asynchronous endpoints, so nothing may scale on them."""
    assert name not in {fact.name for fact in metrics.metrics_of("async")}


def test_every_metric_can_be_found_and_has_a_unit_and_a_source() -> None:
    """Templates name metrics by namespace and name; both lead back to the fact."""
    for fact in NAMED:
        assert fact is metrics.find_metric(fact.namespace, fact.name)
        assert fact.unit in CLOUDWATCH_UNITS
        assert fact.source.text


def test_a_metric_that_aws_does_not_publish_is_not_found() -> None:
    """A typo finds nothing instead of something close."""
    assert metrics.find_metric("AWS/SageMaker", "ApproximateBacklogsize") is None
