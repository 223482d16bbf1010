"""What an endpoint on instances that answers while the caller waits says about its requests."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import routing
from pilotlight.spec.base import Spec
from pilotlight.spec.data_capture import DataCapture
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.realtime_alarms import RealtimeAlarms
from pilotlight.spec.routing import RoutingStrategy, refuse_unfit_prefix
from pilotlight.spec.within import Within


class AnswersAtOnce(Spec):
    """Where requests go, what is kept of them, when somebody is told, and how an update goes."""

    routing_strategy: RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS"
    """Which instance takes a request. RANDOM is better only for answers within milliseconds."""

    prefix_length: Annotated[int, Within(routing.PREFIX_LENGTH)] | None = Field(None, validate_default=True)
    """With PREFIX_AWARE: how many bytes of the request count as its prefix."""

    concurrency_threshold: Annotated[int, Within(routing.CONCURRENCY_THRESHOLD)] | None = Field(
        None, validate_default=True
    )
    """With PREFIX_AWARE: with this many requests in flight, an instance gets no more for its prefixes."""

    data_capture: DataCapture | None = None
    """Keeps some of the requests and answers. Default: keeps none."""

    alarms: RealtimeAlarms = RealtimeAlarms()
    """When the endpoint calls for help."""

    deployment: Deployment | None = None
    """How an update replaces the instances. Default: all at once, as SageMaker does."""

    @field_validator("prefix_length", "concurrency_threshold")
    @classmethod
    def _with_prefix_aware(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.field_name is not None and "routing_strategy" in info.data:
            refuse_unfit_prefix(info.field_name, value, info.data["routing_strategy"])
        return value
