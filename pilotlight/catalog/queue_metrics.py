"""Names what CloudWatch knows of a queue, for the alarm on notifications that could not be processed."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.metrics import MetricFact

MESSAGES_VISIBLE: Final = MetricFact(
    "AWS/SQS",
    "ApproximateNumberOfMessagesVisible",
    ("QueueName",),
    "Count",
    "Maximum",
    frozenset(),
    documented("aws-cdk-lib 2.275, sqs.Queue.metric_approximate_number_of_messages_visible"),
)
"""Messages that nobody has taken yet; no kind of endpoint publishes it."""
