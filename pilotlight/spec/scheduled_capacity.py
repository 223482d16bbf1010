"""Capacities that change by the clock."""

from __future__ import annotations

import re
from typing import Annotated, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import scaling
from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.refusing import refused
from pilotlight.spec.schedule_expression import parse_schedule
from pilotlight.spec.within import Within

AT_PATTERN: Final = (
    r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)"
    r"|rate\([1-9]\d* (minute|minutes|hour|hours|day|days)\)"
    r"|cron\(\S+ \S+ \S+ \S+ \S+ \S+\)"
)
"""What Application Auto Scaling takes as a schedule (botocore 1.44.5, PutScheduledAction)."""

_ALLOWED: Final = "cron(minutes hours day month weekday year), rate(5 minutes) or at(...)"


def _schedule(value: str) -> str:
    if re.fullmatch(AT_PATTERN, value) is None:
        raise refused("not a schedule", allowed=_ALLOWED)
    try:
        parse_schedule(value)
    except ValueError as error:
        raise refused(f"not a schedule: {error}", allowed=_ALLOWED) from error
    return value


def _zone(value: str) -> str:
    zones = available_timezones()
    if value not in zones:
        raise refused(
            "unknown time zone", allowed="a name as Europe/Berlin", hint=did_you_mean(value, sorted(zones))
        )
    return value


class ScheduledCapacity(Spec):
    """From some moment on, the endpoint has other bounds."""

    at: Annotated[str, AfterValidator(_schedule), Field(json_schema_extra={"pattern": f"^({AT_PATTERN})$"})]
    """When, as `cron(0 8 ? * MON-FRI *)`."""

    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
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
