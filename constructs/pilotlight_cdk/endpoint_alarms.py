"""The alarms of an asynchronous endpoint: what a person should look at."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog import metrics
from pilotlight.spec import AsyncAlarms
from pilotlight.spec.duration import format_duration
from pilotlight_cdk.async_metrics import AsyncMetrics
from pilotlight_cdk.topic_alarms import TopicAlarms

DEFAULT_ALARMS: Final = AsyncAlarms()


class EndpointAlarms(TopicAlarms):
    """Watches an asynchronous endpoint and tells a topic.

    A sleeping endpoint publishes nothing, so missing data is never a breach.

    Args:
        endpoint: gives the metrics.
        endpoint_name: for the descriptions.
        alarm_topic: is told when an alarm goes off.
        alarms: the thresholds; None leaves an alarm out. Default: one hour of age, one of everything else.
        dead_letter_queue: of the completion pipeline. Default: no alarm about dead letters.

    Attributes:
        backlog_age: the oldest request has waited too long.
        expired_requests: requests waited longer than they may.
        failures: the model did not answer requests.
        dead_letters: the ends of requests could not be recorded.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint: AsyncMetrics,
        endpoint_name: str,
        alarm_topic: sns.ITopic,
        alarms: AsyncAlarms = DEFAULT_ALARMS,
        dead_letter_queue: sqs.IQueue | None = None,
    ) -> None:
        super().__init__(scope, id, alarm_topic=alarm_topic)
        age = alarms.backlog_age
        shown = "" if age is None else format_duration(age)
        self.backlog_age = self._alarm(
            "BacklogAge",
            metrics.APPROXIMATE_AGE_OF_OLDEST_REQUEST,
            endpoint.dimensions(metrics.APPROXIMATE_AGE_OF_OLDEST_REQUEST),
            None if age is None else age.total_seconds(),
            f"The oldest request of {endpoint_name} has waited for {shown} or longer",
        )
        self.expired_requests = self._alarm(
            "ExpiredRequests",
            metrics.EXPIRED_REQUESTS,
            endpoint.dimensions(metrics.EXPIRED_REQUESTS),
            alarms.expired_requests,
            f"Requests of {endpoint_name} expired before an instance took them; nobody was notified",
        )
        self.failures = self._alarm(
            "Failures",
            metrics.INVOCATION_FAILURES,
            endpoint.dimensions(metrics.INVOCATION_FAILURES),
            alarms.failures,
            f"The model of {endpoint_name} failed on requests",
        )
        self.dead_letters = self._dead_letter_alarm(
            dead_letter_queue,
            alarms.dead_letters,
            f"How requests of {endpoint_name} ended could not be recorded; see its dead-letter queue",
        )
