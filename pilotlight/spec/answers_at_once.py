"""What an endpoint on instances that answers while the caller waits says about its requests."""

from __future__ import annotations

from pilotlight.spec.data_capture import DataCapture
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.realtime_alarms import RealtimeAlarms
from pilotlight.spec.routed import Routed


class AnswersAtOnce(Routed):
    """Where requests go, what is kept of them, when somebody is told, and how an update goes."""

    data_capture: DataCapture | None = None
    """Keeps some of the requests and answers. Default: keeps none."""

    alarms: RealtimeAlarms = RealtimeAlarms()
    """When the endpoint calls for help."""

    deployment: Deployment | None = None
    """How an update replaces the instances. Default: all at once, as SageMaker does."""
