"""Metrics reach the CloudWatch that users see, however many there are."""

from __future__ import annotations

from typing import Any

from pilotlight.local.scaling.metric_forwarder import MetricForwarder


class CloudWatch:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[list[dict[str, Any]]] = []

    def client(self, service: str) -> CloudWatch:
        """Itself."""
        assert "cloudwatch" == service
        return self

    def put_metric_data(self, *, Namespace: str, MetricData: list[dict[str, Any]]) -> None:  # noqa: N803 - its own names
        """PutMetricData."""
        assert "Mine" == Namespace
        self.sent.append(MetricData)


def test_all_that_waits_is_sent_at_once() -> None:
    """A fast clock makes more values in a second than one request takes; none may wait for its turn."""
    cloudwatch: Any = CloudWatch()
    forwarder = MetricForwarder(cloudwatch)
    for number in range(1201):
        forwarder.take("Mine", {"MetricName": "Runs", "Value": number})
    forwarder.send()

    assert [500, 500, 201] == [len(batch) for batch in cloudwatch.sent]
    assert [*range(1201)] == [each["Value"] for batch in cloudwatch.sent for each in batch]


def test_nothing_is_sent_where_nothing_waits() -> None:
    """PutMetricData refuses an empty list."""
    cloudwatch: Any = CloudWatch()
    MetricForwarder(cloudwatch).send()

    assert [] == cloudwatch.sent
