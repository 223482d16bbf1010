"""The alarms of a serverless endpoint: what a person should look at."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.serverless import CONCURRENT_EXECUTIONS_UTILIZATION
from pilotlight.spec import ServerlessAlarms
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms
from pilotlight_cdk.serverless_metrics import ServerlessMetrics

DEFAULT_ALARMS: Final = ServerlessAlarms()


class ServerlessEndpointAlarms(RealtimeEndpointAlarms):
    """Watches a serverless endpoint and tells a topic.

    Without requests there are no values, which is never a breach.

    Args:
        endpoint: gives the metrics.
        endpoint_name: for the descriptions.
        alarm_topic: is told when an alarm goes off.
        alarms: the thresholds; None leaves an alarm out. Default: the model fails on 5 % of the requests, or
            90 % of the maximum concurrency are in flight.

    Attributes:
        concurrency: nearly as many requests are in flight as there may be.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint: ServerlessMetrics,
        endpoint_name: str,
        alarm_topic: sns.ITopic,
        alarms: ServerlessAlarms = DEFAULT_ALARMS,
    ) -> None:
        super().__init__(
            scope,
            id,
            endpoint=endpoint,
            endpoint_name=endpoint_name,
            alarm_topic=alarm_topic,
            alarms=alarms,
        )
        percent = alarms.concurrency_percent
        shown = "" if percent is None else f"{percent:g}"
        self.concurrency = self._alarm(
            "Concurrency",
            CONCURRENT_EXECUTIONS_UTILIZATION,
            endpoint.dimensions(CONCURRENT_EXECUTIONS_UTILIZATION),
            None if percent is None else percent / 100,
            f"{endpoint_name} works on {shown} % of its maximum concurrency; at 100 % it refuses requests",
        )
