"""The alarms of an endpoint of many models: what a person should look at."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.spec import MultiModelAlarms
from pilotlight.spec.latency import format_latency
from pilotlight_cdk.multi_model_metrics import MultiModelMetrics
from pilotlight_cdk.realtime_alarms import MICROSECOND, PERIOD, RealtimeEndpointAlarms

DEFAULT_ALARMS: Final = MultiModelAlarms()


class MultiModelEndpointAlarms(RealtimeEndpointAlarms):
    """Watches an endpoint of many models and tells a topic.

    Without requests there are no values, which is never a breach.

    Args:
        endpoint: gives the metrics.
        endpoint_name: for the descriptions.
        alarm_topic: is told when an alarm goes off.
        alarms: the thresholds; None leaves an alarm out. Default: models fail on 5 % of the requests, or
            requests wait 30 s for their model.

    Attributes:
        model_loading_wait_time: requests wait too long for their model.
        model_cache_hit: too few requests find their model loaded.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint: MultiModelMetrics,
        endpoint_name: str,
        alarm_topic: sns.ITopic,
        alarms: MultiModelAlarms = DEFAULT_ALARMS,
    ) -> None:
        super().__init__(
            scope,
            id,
            endpoint=endpoint,
            endpoint_name=endpoint_name,
            alarm_topic=alarm_topic,
            alarms=alarms,
        )
        wait, percent = alarms.model_loading_wait_time, alarms.model_cache_hit_percent
        shown = "" if wait is None else format_latency(wait)
        share = "" if percent is None else f"{percent:g}"
        self.model_loading_wait_time = self._alarm(
            "ModelLoadingWaitTime",
            endpoint.metric_model_loading_wait_time(period=PERIOD),
            None if wait is None else wait / MICROSECOND,
            f"Requests to {endpoint_name} wait {shown} or longer for their model; at 60 s they are refused",
        )
        self.model_cache_hit = self._alarm(
            "ModelCacheHit",
            endpoint.metric_model_cache_hit(period=PERIOD),
            None if percent is None else percent / 100,
            f"Fewer than {share} % of the requests to {endpoint_name} find their model loaded",
            cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        )
