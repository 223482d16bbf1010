"""Alarms of one thing that all tell the same topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from weakref import WeakKeyDictionary

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.queue_metrics import MESSAGES_VISIBLE

PERIOD: Final = 300
"""Seconds that each alarm looks at."""

AT_LEAST: Final = "GreaterThanOrEqualToThreshold"
BELOW: Final = "LessThanThreshold"


class TopicAlarms:
    """Watches metrics, one period at a time; where nothing is published, nothing is wrong.

    An alarm is an L1, which takes one question to Node where an L2 takes three. Widgets, composite alarms and
    `rollback_alarms` take it as it is; what else it should do goes into its `alarm_actions`.
    """

    def __init__(self, scope: Construct, id: str, *, alarm_topic: sns.ITopic) -> None:
        self._scope, self._id = scope, id
        self._topic_arn = _arn_of(alarm_topic)

    def _alarm(
        self,
        name: str,
        fact: MetricFact,
        dimensions: Mapping[str, str],
        threshold: float | None,
        description: str,
        *,
        statistic: str | None = None,
        comparison: str = AT_LEAST,
    ) -> cloudwatch.CfnAlarm | None:
        """Create an alarm; None leaves it out.

        Args:
            name: ends its construct id.
            fact: the metric.
            dimensions: of its values.
            threshold: in the unit of the metric.
            description: tells people what is the matter.
            statistic: a percentile is `p99`. Default: the one that makes sense for the metric.
            comparison: of the statistic with the threshold.
        """
        if threshold is None:
            return None
        chosen = fact.statistic if statistic is None else statistic
        is_percentile = chosen.startswith("p")
        dimension = cloudwatch.CfnAlarm.DimensionProperty
        return cloudwatch.CfnAlarm(
            self._scope,
            f"{self._id}{name}",
            alarm_actions=[self._topic_arn],
            alarm_description=description,
            namespace=fact.namespace,
            metric_name=fact.name,
            dimensions=[dimension(name=key, value=value) for key, value in sorted(dimensions.items())],
            statistic=None if is_percentile else chosen,
            extended_statistic=chosen if is_percentile else None,
            period=PERIOD,
            evaluation_periods=1,
            threshold=threshold,
            comparison_operator=comparison,
            treat_missing_data="notBreaching",
        )

    def _dead_letter_alarm(
        self, queue: sqs.IQueue | None, threshold: float | None, description: str
    ) -> cloudwatch.CfnAlarm | None:
        """Watch a queue of dead letters, if there is one."""
        if queue is None:
            return None
        dimensions = {"QueueName": queue.queue_name}
        return self._alarm("DeadLetters", MESSAGES_VISIBLE, dimensions, threshold, description)


def _arn_of(topic: sns.ITopic) -> str:
    if topic not in _ARNS:
        _ARNS[topic] = topic.topic_arn
    return _ARNS[topic]


_ARNS: Final[WeakKeyDictionary[sns.ITopic, str]] = WeakKeyDictionary()
"""Of topics that were asked, because each question crosses to Node."""
