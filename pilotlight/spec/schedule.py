"""When something happens by the clock, and the time zone it is meant in, as a fleet file says it."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.refusing import refused
from pilotlight.spec.schedule_expression import parse_schedule

AT_PATTERN: Final = (
    r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)"
    r"|rate\([1-9]\d* (minute|minutes|hour|hours|day|days)\)"
    r"|cron\(\S+ \S+ \S+ \S+ \S+ \S+\)"
)
"""What Application Auto Scaling and EventBridge Scheduler take as a schedule (botocore 1.44.5,
PutScheduledAction; botocore 1.43.106, scheduler CreateSchedule)."""

_ALLOWED: Final = "cron(minutes hours day month weekday year), rate(5 minutes) or at(...)"


def _schedule(value: str) -> str:
    if re.fullmatch(AT_PATTERN, value) is None:
        raise refused("not a schedule", allowed=_ALLOWED)
    try:
        parse_schedule(value)
    except ValueError as error:
        raise refused(f"not a schedule: {error}", allowed=_ALLOWED) from error
    return value


@cache
def _zones() -> set[str]:
    return available_timezones()  # reads a directory of files


def _zone(value: str) -> str:
    zones = _zones()
    if value not in zones:
        raise refused(
            "unknown time zone", allowed="a name as Europe/Berlin", hint=did_you_mean(value, sorted(zones))
        )
    return value


Schedule = Annotated[
    str, AfterValidator(_schedule), Field(json_schema_extra={"pattern": f"^({AT_PATTERN})$"})
]
"""As `cron(0 8 ? * MON-FRI *)`."""

TimeZone = Annotated[str, AfterValidator(_zone)]
"""As `Europe/Berlin`."""
