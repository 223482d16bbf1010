"""The alarms of a batch transform: what a person should look at."""

from __future__ import annotations

from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog.metrics import EXECUTIONS_FAILED
from pilotlight.spec import TransformAlarms
from pilotlight_cdk.topic_alarms import TopicAlarms
from pilotlight_cdk.transform_metrics import TransformMetrics


class BatchTransformAlarms(TopicAlarms):
    """Watches the executions of a batch transform and tells a topic.

    A transform that does not run publishes nothing, so missing data is never a breach.

    Args:
        transform: gives the metrics.
        name: for the descriptions.
        alarm_topic: is told when an alarm goes off.
        alarms: the thresholds; None leaves an alarm out.
        dead_letter_queue: of the schedule. Default: no alarm about dead letters.

    Attributes:
        failed_executions: executions failed after all their retries.
        dead_letters: starts of the schedule could not be delivered.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        transform: TransformMetrics,
        name: str,
        alarm_topic: sns.ITopic,
        alarms: TransformAlarms,
        dead_letter_queue: sqs.IQueue | None = None,
    ) -> None:
        super().__init__(scope, id, alarm_topic=alarm_topic)
        self.failed_executions = self._alarm(
            "FailedExecutions",
            EXECUTIONS_FAILED,
            transform.dimensions(EXECUTIONS_FAILED),
            alarms.failed_executions,
            f"The batch transform {name} failed after all its retries",
        )
        self.dead_letters = self._dead_letter_alarm(
            dead_letter_queue,
            alarms.dead_letters,
            f"The schedule of {name} could not start it; see its dead-letter queue",
        )
