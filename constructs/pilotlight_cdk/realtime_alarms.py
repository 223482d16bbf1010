"""The alarms of an endpoint that answers at once: what a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Final, Protocol

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.metrics import MetricFact
from pilotlight.spec import RealtimeAlarms
from pilotlight.spec.latency import format_latency
from pilotlight_cdk.answer_facts import AnswerFacts
from pilotlight_cdk.topic_alarms import TopicAlarms

MICROSECOND: Final = timedelta(microseconds=1)
DEFAULT_ALARMS: Final = RealtimeAlarms()


class Answering(Protocol):
    """What publishes how it answers: an endpoint, a variant, an inference component."""

    FACTS: ClassVar[AnswerFacts]

    def dimensions(self, fact: MetricFact) -> Mapping[str, str]:
        """The dimensions that a metric has."""


class RealtimeEndpointAlarms(TopicAlarms):
    """Watches an endpoint, or one of its variants, and tells a topic.

    Without requests there are no values, which is never a breach.

    Args:
        endpoint: gives the metrics.
        endpoint_name: for the descriptions.
        alarm_topic: is told when an alarm goes off.
        alarms: the thresholds; None leaves an alarm out. Default: the model fails on 5 % of the requests.

    Attributes:
        server_errors: the model fails on too many requests.
        model_latency: the model takes too long.
        overhead_latency: SageMaker adds too much to that.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint: Answering,
        endpoint_name: str,
        alarm_topic: sns.ITopic,
        alarms: RealtimeAlarms = DEFAULT_ALARMS,
    ) -> None:
        super().__init__(scope, id, alarm_topic=alarm_topic)
        facts, self._watched = endpoint.FACTS, endpoint
        percent = alarms.server_error_percent
        shown = "" if percent is None else f"{percent:g}"
        self.server_errors = self._alarm(
            "ServerErrors",
            facts.server_errors,
            endpoint.dimensions(facts.server_errors),
            None if percent is None else percent / 100,
            f"The model of {endpoint_name} fails on {shown} % of the requests or more",
            statistic="Average",  # the rate: each failed request counts 1 and each other one 0
        )
        self.model_latency = self._latency_alarm(
            "ModelLatency",
            facts.model_latency,
            alarms.model_latency,
            alarms.latency_percentile,
            f"The model of {endpoint_name} takes",
        )
        self.overhead_latency = self._latency_alarm(
            "OverheadLatency",
            facts.overhead_latency,
            alarms.overhead_latency,
            alarms.latency_percentile,
            f"SageMaker adds to the time of {endpoint_name}",
        )

    def _latency_alarm(
        self,
        name: str,
        fact: MetricFact,
        threshold: timedelta | None,
        percentile: float | None,
        what: str,
    ) -> cloudwatch.CfnAlarm | None:
        if threshold is None:
            return None
        slowest = "on average" if percentile is None else f"for the slowest {100 - percentile:g} %"
        return self._alarm(
            name,
            fact,
            self._watched.dimensions(fact),
            threshold / MICROSECOND,
            f"{what} {format_latency(threshold)} or longer {slowest}",
            statistic="Average" if percentile is None else f"p{percentile:g}",
        )
