"""The alarms of an endpoint of many models: what a person should look at."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.multi_model import MODEL_CACHE_HIT, MODEL_LOADING_WAIT_TIME
from pilotlight.spec import MultiModelAlarms
from pilotlight.spec.latency import format_latency
from pilotlight_cdk.multi_model_metrics import MultiModelMetrics
from pilotlight_cdk.realtime_alarms import MICROSECOND, RealtimeEndpointAlarms
from pilotlight_cdk.topic_alarms import BELOW

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
            MODEL_LOADING_WAIT_TIME,
            endpoint.dimensions(MODEL_LOADING_WAIT_TIME),
            None if wait is None else wait / MICROSECOND,
            f"Requests to {endpoint_name} wait {shown} or longer for their model; at 60 s they are refused",
        )
        self.model_cache_hit = self._alarm(
            "ModelCacheHit",
            MODEL_CACHE_HIT,
            endpoint.dimensions(MODEL_CACHE_HIT),
            None if percent is None else percent / 100,
            f"Fewer than {share} % of the requests to {endpoint_name} find their model loaded",
            comparison=BELOW,
        )
