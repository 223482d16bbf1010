"""The alarms of an inference component: what a person should look at."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.component_metrics import NO_CAPACITY_INVOCATION_FAILURES
from pilotlight.spec import ComponentAlarms
from pilotlight_cdk.component_metrics import ComponentMetrics
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms

DEFAULT_ALARMS: Final = ComponentAlarms()


class InferenceComponentAlarms(RealtimeEndpointAlarms):
    """Watches a component, and tells a topic.

    Args:
        component: gives the metrics.
        sleeps: whether it may have no copies; then a request that finds none wakes it, and is no alarm.
        alarm_topic: is told when an alarm goes off.
        alarms: the thresholds; None leaves an alarm out. Default: the model fails on 5 % of the requests, or
            one request found no copy.

    Attributes:
        no_capacity: requests found no copy; None where they wake the component.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        component: ComponentMetrics,
        sleeps: bool,
        alarm_topic: sns.ITopic,
        alarms: ComponentAlarms = DEFAULT_ALARMS,
    ) -> None:
        name = component.component_name
        super().__init__(
            scope, id, endpoint=component, endpoint_name=name, alarm_topic=alarm_topic, alarms=alarms
        )
        self.no_capacity = self._alarm(
            "NoCapacity",
            NO_CAPACITY_INVOCATION_FAILURES,
            component.dimensions(NO_CAPACITY_INVOCATION_FAILURES),
            None if sleeps else alarms.no_capacity_failures,
            f"Requests for {name} found no copy that serves",
        )
