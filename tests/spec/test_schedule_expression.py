"""Schedules are read as AWS documents them, and refused with the field that is wrong."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from pilotlight.spec.cron_expression import Cron, MonthDays, WeekDays
from pilotlight.spec.schedule_expression import AtTime, Rate, parse_schedule

EVERY_YEAR = frozenset(range(1970, 2200))


def test_a_moment_is_read() -> None:
    """Its time zone is said beside it."""
    assert AtTime(datetime.fromisoformat("2027-01-02T03:04:05")) == parse_schedule("at(2027-01-02T03:04:05)")


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("rate(1 minute)", timedelta(minutes=1)),
        ("rate(2 hours)", timedelta(hours=2)),
        ("rate(3 days)", timedelta(3)),
    ],
)
def test_a_rate_is_read(text: str, every: timedelta) -> None:
    """Minutes, hours and days, one or several."""
    assert Rate(every) == parse_schedule(text)


def test_the_fields_of_cron_are_read_in_their_order() -> None:
    """Minutes, hours, day of month, month, day of week, year."""
    expected = Cron(
        minutes=frozenset({30}),
        hours=frozenset({6, 18}),
        days=WeekDays(numbers=frozenset({2, 3, 4, 5, 6})),
        months=frozenset({1, 3}),
        years=frozenset({2027, 2028}),
    )

    assert expected == parse_schedule("cron(30 6,18 ? JAN,mar MON-FRI 2027-2028)")


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ("*", set(range(60))),
        ("0/15", {0, 15, 30, 45}),
        ("*/20", {0, 20, 40}),
        ("10-30/10", {10, 20, 30}),
        ("1,5-7", {1, 5, 6, 7}),
    ],
)
def test_wildcards_of_numbers(minutes: str, expected: set[int]) -> None:
    """Lists, ranges, and increments with a beginning."""
    assert expected == Cron.parse(f"{minutes} 0 * * ? *").minutes


@pytest.mark.parametrize(
    ("month_day", "week_day", "days"),
    [
        ("L", "?", MonthDays(last=True)),
        ("3W,20", "?", MonthDays(numbers=frozenset({20}), nearest_weekdays=frozenset({3}))),
        ("?", "L", WeekDays(numbers=frozenset({7}))),
        ("?", "6L", WeekDays(last_of_month=frozenset({6}))),
        ("?", "TUE#2", WeekDays(nth_of_month=frozenset({(3, 2)}))),
    ],
)
def test_wildcards_of_days(month_day: str, week_day: str, days: object) -> None:
    """The last day, the nearest weekday, the last and the nth of a weekday."""
    cron = Cron.parse(f"0 0 {month_day} * {week_day} *")

    assert (days, EVERY_YEAR) == (cron.days, cron.years)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("8:00", "at(…), rate(…) or cron(…)"),
        ("at(tomorrow)", "yyyy-mm-ddThh:mm:ss"),
        ("at(2027-02-30T00:00:00)", "yyyy-mm-ddThh:mm:ss"),
        ("rate(0 minutes)", "positive number"),
        ("rate(5 weeks)", "minutes, hours or days"),
        ("cron(0 8 * * *)", "6 fields, got 5"),
        ("cron(60 8 * * ? *)", "minutes 0-59, got 60"),
        ("cron(0 24 * * ? *)", "hours 0-23, got 24"),
        ("cron(0 8 32 * ? *)", "day of month 1-31, got 32"),
        ("cron(0 8 * FOO ? *)", "month 1-12 or JAN-DEC, got FOO"),
        ("cron(0 8 ? * 8 *)", "day of week 1-7 or SUN-SAT, got 8"),
        ("cron(0 8 ? * MON#6 *)", "day of week 1-7 or SUN-SAT, got MON#6"),
        ("cron(0 8 ? * 3#1,6#3 *)", "# must be the only expression"),
        ("cron(0 8 * * * *)", "one of day of month and day of week must be ?"),
        ("cron(0 8 ? * ? *)", "one of day of month and day of week must be ?"),
        ("cron(0/0 8 * * ? *)", "an increment must be 1 or more"),
        ("cron(30-10 8 * * ? *)", "a range must rise"),
        ("cron(0 8 * * ? 1969)", "year 1970-2199, got 1969"),
    ],
)
def test_fails_with_what_is_wrong(text: str, says: str) -> None:
    """The field, what it got, and what it takes."""
    with pytest.raises(ValueError, match=re.escape(says)):
        parse_schedule(text)
