"""How an endpoint that answers at once spreads its requests."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import routing
from pilotlight.spec.base import Spec
from pilotlight.spec.routing import RoutingStrategy, refuse_unfit_prefix
from pilotlight.spec.within import Within


class Routed(Spec):
    """Requests go to one of several instances, or copies of a component."""

    routing_strategy: RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS"
    """Which instance, or copy, takes a request. RANDOM is better only for answers within milliseconds."""

    prefix_length: Annotated[int, Within(routing.PREFIX_LENGTH)] | None = Field(None, validate_default=True)
    """With PREFIX_AWARE: how many bytes of the request count as its prefix."""

    concurrency_threshold: Annotated[int, Within(routing.CONCURRENCY_THRESHOLD)] | None = Field(
        None, validate_default=True
    )
    """With PREFIX_AWARE: with this many requests in flight, an instance, or copy, gets no more for its
    prefixes."""

    @field_validator("prefix_length", "concurrency_threshold")
    @classmethod
    def _with_prefix_aware(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.field_name is not None and "routing_strategy" in info.data:
            refuse_unfit_prefix(info.field_name, value, info.data["routing_strategy"])
        return value
