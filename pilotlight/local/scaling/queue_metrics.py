"""Publishes what SQS tells CloudWatch of its queues, which ministack leaves out."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Any

from pilotlight.local.aws import Aws

_LOG = logging.getLogger("pilotlight")

NAMESPACE = "AWS/SQS"
PUBLISH_EVERY_S = 60.0
"""Seconds on the wall, as SQS does (SQS Developer Guide, CloudWatch metrics); no time scale touches it."""

_METRIC_OF_ATTRIBUTE = {
    "ApproximateNumberOfMessages": "ApproximateNumberOfMessagesVisible",
    "ApproximateNumberOfMessagesNotVisible": "ApproximateNumberOfMessagesNotVisible",
}


class QueueMetrics:
    """Measures the queues of a region, on its own thread."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._stop = Event()
        self._thread = Thread(target=self._run, name="queue-metrics", daemon=True)

    def start(self) -> None:
        """Begin to publish."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()

    def publish(self) -> None:
        """Measure every queue once."""
        pages = self._aws.client("sqs").get_paginator("list_queues").paginate()
        for url in [url for page in pages for url in page.get("QueueUrls", ())]:
            self._aws.client("cloudwatch").put_metric_data(
                Namespace=NAMESPACE, MetricData=self._measured(url)
            )

    def _measured(self, url: str) -> list[dict[str, Any]]:
        answer = self._aws.client("sqs").get_queue_attributes(
            QueueUrl=url, AttributeNames=list(_METRIC_OF_ATTRIBUTE)
        )
        dimensions = [{"Name": "QueueName", "Value": url.rpartition("/")[2]}]
        return [
            {
                "MetricName": metric,
                "Dimensions": dimensions,
                "Value": float(answer["Attributes"][attribute]),
                "Unit": "Count",
            }
            for attribute, metric in _METRIC_OF_ATTRIBUTE.items()
        ]

    def _run(self) -> None:
        while not self._stop.wait(PUBLISH_EVERY_S):
            try:
                self.publish()
            except Exception:  # noqa: BLE001 - the next minute comes
                _LOG.warning("could not publish the metrics of queues", exc_info=True)
