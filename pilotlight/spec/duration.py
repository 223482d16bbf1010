"""Durations with their unit: `600s`, `10m`, `1h`, `30d`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from pilotlight.spec.refusing import refused

DURATION_PATTERN: Final = r"^(0|[1-9][0-9]{0,8})(s|m|h|d)$"
LONGEST: Final = timedelta(days=3650)
"""Ten years: whatever is longer is a slip."""

_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ALLOWED: Final = "a whole number with its unit, as 600s, 10m, 1h or 30d"


def parse_duration(value: Any) -> timedelta:
    """Read a duration as a fleet file writes it; a timedelta of whole seconds is taken as it is."""
    duration = value if isinstance(value, timedelta) else _parsed(value)
    if duration is None or duration.microseconds or duration < timedelta(0):
        raise refused("not a duration", allowed=_ALLOWED)
    if duration > LONGEST:
        raise refused("too long", allowed=f"at most {format_duration(LONGEST)}")
    return duration


def format_duration(duration: timedelta) -> str:
    """Write a duration as a fleet file does, in its largest whole unit."""
    seconds = round(duration.total_seconds())
    unit = next(unit for unit in "dhms" if seconds % _SECONDS[unit] == 0 and (seconds or unit == "s"))
    return f"{seconds // _SECONDS[unit]}{unit}"


def _parsed(value: Any) -> timedelta | None:
    match = re.fullmatch(DURATION_PATTERN, value) if isinstance(value, str) else None
    return None if match is None else int(match[1]) * timedelta(seconds=_SECONDS[match[2]])


def whole_minutes(value: timedelta) -> timedelta:
    """Give a duration that AWS counts in minutes. Raises when it has seconds beside them."""
    if value % timedelta(minutes=1):
        raise refused("not whole minutes", allowed="whole minutes, as 20m, 1h or 1d")
    return value


def _not_zero(value: timedelta) -> timedelta:
    if not value:
        raise refused("too short", allowed="1s or more")
    return value


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": DURATION_PATTERN, "examples": ["600s", "10m", "1h", "30d"]}),
]
"""A timedelta in Python, `600s` in YAML and JSON."""

PositiveDuration = Annotated[Duration, AfterValidator(_not_zero)]
"""A duration of a second or more."""
