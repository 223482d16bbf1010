"""What CloudFormation takes for a text, a number, true or false; None for what it would not."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any, Final

LONGEST: Final = 10**10
"""Seconds, some centuries: what is longer is no duration of a fleet."""


def as_text(value: Any) -> str | None:
    """Take a text, or a number, which CloudFormation writes as one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def as_texts(value: Any) -> tuple[str, ...] | None:
    """Take a list of texts."""
    known = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return tuple(value) if known else None


def as_mappings(value: Any) -> tuple[dict[str, Any], ...]:
    """Take those items of a list that are mappings; none of what is no list."""
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def as_flag(value: Any) -> bool | None:
    """Take true or false."""
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())


def as_number(value: Any) -> float | None:
    """Take a number that is finite."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def as_whole(value: Any) -> int | None:
    """Take a whole number."""
    number = as_number(value)
    return int(number) if number is not None and number == int(number) else None


def as_seconds(value: Any) -> timedelta | None:
    """Take whole seconds."""
    whole = as_whole(value)
    return timedelta(seconds=whole) if whole is not None and abs(whole) <= LONGEST else None
