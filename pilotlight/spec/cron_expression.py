"""Reads AWS's cron expressions: `minutes hours day-of-month month day-of-week year`.

Fields, values and wildcards: `pilotlight.catalog.cron`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pilotlight.catalog import cron
from pilotlight.catalog.cron import CronField

_ANY = "?"
_FIELDS = 6
_INCREMENT = re.compile(r"(?P<from>[^/]+)/(?P<by>\d+)")
_RANGE = re.compile(r"(?P<first>\w+)-(?P<last>\w+)")
_NEAREST_WEEKDAY = re.compile(r"(?P<day>\d+)W")
_LAST_WEEKDAY = re.compile(r"(?P<day>\w+)L")
_NTH_WEEKDAY = re.compile(r"(?P<day>\w+)#(?P<nth>[1-5])")


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Days of a month: by number, the last one, and the weekdays nearest to a number."""

    numbers: frozenset[int] = frozenset()
    last: bool = False
    nearest_weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class WeekDays:
    """Days of a week, Sunday is 1: each one, the last one of a month, and the nth one of a month."""

    numbers: frozenset[int] = frozenset()
    last_of_month: frozenset[int] = frozenset()
    nth_of_month: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron expression, read. days: those of a month or those of a week, never both."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: MonthDays | WeekDays
    months: frozenset[int]
    years: frozenset[int]

    @classmethod
    def parse(cls, fields: str) -> Cron:
        """From what stands between the brackets of `cron(…)`. Raises ValueError with what is wrong."""
        parts = fields.upper().split()
        if len(parts) != _FIELDS:
            raise ValueError(f"a cron expression has {_FIELDS} fields, got {len(parts)}")
        minutes, hours, month_day, months, week_day, years = parts
        return cls(
            minutes=_numbers(cron.MINUTES, minutes),
            hours=_numbers(cron.HOURS, hours),
            days=_days(month_day, week_day),
            months=_numbers(cron.MONTH, months),
            years=_numbers(cron.YEAR, years),
        )


def _days(month_day: str, week_day: str) -> MonthDays | WeekDays:
    if (month_day == _ANY) == (week_day == _ANY):
        raise ValueError(f"one of day of month and day of week must be ?, got {month_day} and {week_day}")
    return _month_days(month_day) if week_day == _ANY else _week_days(week_day)


def _month_days(text: str) -> MonthDays:
    parts = text.split(",")
    nearest = {part: found["day"] for part in parts if (found := _NEAREST_WEEKDAY.fullmatch(part))}
    plain = [part for part in parts if part != "L" and part not in nearest]
    return MonthDays(
        numbers=_numbers_of(cron.DAY_OF_MONTH, plain),
        last="L" in parts,
        nearest_weekdays=frozenset(_number(cron.DAY_OF_MONTH, day) for day in nearest.values()),
    )


def _week_days(text: str) -> WeekDays:
    parts = text.split(",")
    last = {part: found["day"] for part in parts if (found := _LAST_WEEKDAY.fullmatch(part))}
    nth = {part: found for part in parts if (found := _NTH_WEEKDAY.fullmatch(part))}
    if nth and len(parts) > 1:
        raise ValueError(f"day of week: # must be the only expression, got {text}")
    plain = ["7" if part == "L" else part for part in parts if part not in last and part not in nth]
    return WeekDays(
        numbers=_numbers_of(cron.DAY_OF_WEEK, plain),
        last_of_month=frozenset(_number(cron.DAY_OF_WEEK, day) for day in last.values()),
        nth_of_month=frozenset(
            (_number(cron.DAY_OF_WEEK, each["day"]), int(each["nth"])) for each in nth.values()
        ),
    )


def _numbers(field: CronField, text: str) -> frozenset[int]:
    return _numbers_of(field, text.split(","))


def _numbers_of(field: CronField, parts: list[str]) -> frozenset[int]:
    return frozenset(number for part in parts for number in _span(field, part))


def _span(field: CronField, part: str) -> range:
    """The values of one part of a field: `*`, `5`, `1-5`, `*/10`, `5/10` or `1-30/10`."""
    increment = _INCREMENT.fullmatch(part)
    if increment is None:
        return _plain_span(field, part)
    by = int(increment["by"])
    if by < 1:
        raise ValueError(f"{field.name}: an increment must be 1 or more, got {part}")
    span = _plain_span(field, increment["from"])
    is_one = re.fullmatch(r"\w+", increment["from"]) is not None
    return range(span.start, field.highest + 1 if is_one else span.stop, by)


def _plain_span(field: CronField, part: str) -> range:
    if part == "*":
        return range(field.lowest, field.highest + 1)
    found = _RANGE.fullmatch(part)
    if found is None:
        number = _number(field, part)
        return range(number, number + 1)
    first, last = _number(field, found["first"]), _number(field, found["last"])
    if first > last:
        raise ValueError(f"{field.name}: a range must rise, got {part}")
    return range(first, last + 1)


def _number(field: CronField, text: str) -> int:
    number = field.names.get(text, int(text) if text.isascii() and text.isdigit() else None)
    if number is None or not field.lowest <= number <= field.highest:
        raise ValueError(f"allowed for {field}, got {text}")
    return number
