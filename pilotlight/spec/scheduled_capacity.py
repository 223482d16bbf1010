"""Capacities that change by the clock."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import scaling
from pilotlight.spec.base import Spec
from pilotlight.spec.refusing import refused
from pilotlight.spec.schedule import Schedule, TimeZone
from pilotlight.spec.within import Within


class ScheduledCapacity(Spec):
    """From some moment on, the endpoint has other bounds."""

    at: Schedule
    """When, as `cron(0 8 ? * MON-FRI *)`."""

    timezone: TimeZone = "UTC"
    """The time zone of `at`."""

    min_capacity: Annotated[int, Field(ge=1), Within(scaling.MIN_CAPACITY)]
    """The fewest instances from then on."""

    max_capacity: Annotated[int, Field(ge=1), Within(scaling.MAX_CAPACITY)]
    """The most instances from then on."""

    @field_validator("max_capacity")
    @classmethod
    def _not_below_min(cls, value: int, info: ValidationInfo) -> int:
        lowest = info.data.get("min_capacity")
        if lowest is not None and value < lowest:
            raise refused("less than min_capacity", allowed=f"{lowest} or more")
        return value
