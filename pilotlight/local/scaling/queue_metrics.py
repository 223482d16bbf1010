"""Publishes what SQS tells CloudWatch of its queues, which ministack leaves out."""

from __future__ import annotations

from typing import Any

from pilotlight.local.aws import Aws

NAMESPACE = "AWS/SQS"
PUBLISH_EVERY_S = 60.0
"""Seconds on the wall, as SQS does (SQS Developer Guide, CloudWatch metrics); no time scale touches it."""

_METRIC_OF_ATTRIBUTE = {
    "ApproximateNumberOfMessages": "ApproximateNumberOfMessagesVisible",
    "ApproximateNumberOfMessagesNotVisible": "ApproximateNumberOfMessagesNotVisible",
}


class QueueMetrics:
    """Measures the queues of a region."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws

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
