"""Alarms of one thing that all tell the same topic."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

AT_LEAST: Final = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD


class TopicAlarms(Construct):
    """Watches metrics, one period at a time; where nothing is published, nothing is wrong."""

    def __init__(self, scope: Construct, id: str, *, alarm_topic: sns.ITopic) -> None:
        super().__init__(scope, id)
        self._topic = alarm_topic

    def _alarm(
        self,
        id: str,
        metric: cloudwatch.Metric,
        threshold: float | None,
        description: str,
        comparison: cloudwatch.ComparisonOperator = AT_LEAST,
    ) -> cloudwatch.Alarm | None:
        """Create an alarm; None leaves it out."""
        if threshold is None:
            return None
        alarm = metric.create_alarm(
            self,
            id,
            alarm_description=description,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=comparison,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(_telling(self._topic))
        return alarm


def _telling(topic: sns.ITopic) -> actions.SnsAction:
    if topic not in _ACTIONS:
        _ACTIONS[topic] = actions.SnsAction(topic)
    return _ACTIONS[topic]


_ACTIONS: Final[WeakKeyDictionary[sns.ITopic, actions.SnsAction]] = WeakKeyDictionary()
"""One per topic, because each that is made crosses to Node."""
