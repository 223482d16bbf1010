"""The alarms of an endpoint that answers at once: what a person should look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final, Protocol, Unpack

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.spec import RealtimeAlarms
from pilotlight.spec.latency import format_latency
from pilotlight_cdk.metric_of import MetricOptions
from pilotlight_cdk.topic_alarms import TopicAlarms

PERIOD: Final = Duration.minutes(5)
MICROSECOND: Final = timedelta(microseconds=1)
DEFAULT_ALARMS: Final = RealtimeAlarms()


class Answering(Protocol):
    """What publishes how it answers: an endpoint, a variant, an inference component."""

    def metric_invocation_5xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container failed on."""

    def metric_model_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the container took."""

    def metric_overhead_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that SageMaker added to that."""


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
        percent = alarms.server_error_percent
        shown = "" if percent is None else f"{percent:g}"
        self.server_errors = self._alarm(
            "ServerErrors",
            # each failed request counts 1 and each other one 0, so the average is the rate
            endpoint.metric_invocation_5xx_errors(period=PERIOD, statistic="Average"),
            None if percent is None else percent / 100,
            f"The model of {endpoint_name} fails on {shown} % of the requests or more",
        )
        self.model_latency = self._latency_alarm(
            "ModelLatency",
            endpoint.metric_model_latency,
            alarms.model_latency,
            alarms.latency_percentile,
            f"The model of {endpoint_name} takes",
        )
        self.overhead_latency = self._latency_alarm(
            "OverheadLatency",
            endpoint.metric_overhead_latency,
            alarms.overhead_latency,
            alarms.latency_percentile,
            f"SageMaker adds to the time of {endpoint_name}",
        )

    def _latency_alarm(
        self,
        id: str,
        metric: Callable[..., cloudwatch.Metric],
        threshold: timedelta | None,
        percentile: float | None,
        what: str,
    ) -> cloudwatch.Alarm | None:
        if threshold is None:
            return None
        slowest = "on average" if percentile is None else f"for the slowest {100 - percentile:g} %"
        return self._alarm(
            id,
            metric(period=PERIOD, statistic="Average" if percentile is None else f"p{percentile:g}"),
            threshold / MICROSECOND,
            f"{what} {format_latency(threshold)} or longer {slowest}",
        )
