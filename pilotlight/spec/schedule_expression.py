"""Reads what Application Auto Scaling takes as a schedule: `at(…)`, `rate(…)` or `cron(…)`.

Source: botocore 1.44.5, PutScheduledAction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from pilotlight.spec.cron_expression import Cron

_EXPRESSION = re.compile(r"(?P<kind>at|rate|cron)\((?P<inside>.*)\)")
_RATE = re.compile(r"(?P<value>[1-9]\d*) (?P<unit>minute|hour|day)s?")
_AT_FORMAT = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True, slots=True)
class AtTime:
    """Once. moment: without a time zone, which is said beside the expression."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """Again and again, so far apart."""

    every: timedelta


ScheduleExpression: TypeAlias = AtTime | Rate | Cron


def parse_schedule(text: str) -> ScheduleExpression:
    """Read a schedule. Raises ValueError with what is wrong with it."""
    found = _EXPRESSION.fullmatch(text)
    if found is None:
        raise ValueError(f"a schedule is at(…), rate(…) or cron(…), got {text}")
    readers: Mapping[str, Callable[[str], ScheduleExpression]] = {
        "at": _at,
        "rate": _rate,
        "cron": Cron.parse,
    }
    return readers[found["kind"]](found["inside"])


def _at(inside: str) -> AtTime:
    try:
        moment = datetime.strptime(inside, _AT_FORMAT)  # noqa: DTZ007 - its time zone is said elsewhere
    except ValueError as error:
        raise ValueError(f"at takes yyyy-mm-ddThh:mm:ss, got {inside}") from error
    return AtTime(moment)


def _rate(inside: str) -> Rate:
    found = _RATE.fullmatch(inside)
    if found is None:
        raise ValueError(f"rate takes a positive number and minutes, hours or days, got {inside}")
    return Rate(timedelta(**{f"{found['unit']}s": int(found["value"])}))
