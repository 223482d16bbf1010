"""The moments a cron expression names, on the calendar and clock of one place."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from pilotlight.spec.cron_expression import Cron, MonthDays, WeekDays

_DAYS_OF_WEEK = 7
_FRIDAY = 5
_DAY = timedelta(days=1)


def cron_times(cron: Cron, after: datetime) -> Iterator[datetime]:
    """Give the moments after `after`, in order; all without a time zone."""
    for day in _days(cron, after.date()):
        for hour in sorted(cron.hours):
            for minute in sorted(cron.minutes):
                moment = datetime.combine(day, time(hour, minute))
                if moment > after:
                    yield moment


def _days(cron: Cron, first: date) -> Iterator[date]:
    for year in sorted(year for year in cron.years if year >= first.year):
        for month in sorted(cron.months):
            yield from (day for day in _days_of_month(cron.days, year, month) if day >= first)


def _days_of_month(days: MonthDays | WeekDays, year: int, month: int) -> Iterator[date]:
    wanted = _month_days(days, year, month) if isinstance(days, MonthDays) else _week_days(days, year, month)
    return (date(year, month, number) for number in sorted(wanted))


def _month_days(days: MonthDays, year: int, month: int) -> set[int]:
    length = calendar.monthrange(year, month)[1]
    found = {number for number in days.numbers if number <= length}
    found |= {length} if days.last else set()
    return found | {
        _nearest_weekday(date(year, month, number)).day
        for number in days.nearest_weekdays
        if number <= length
    }


def _nearest_weekday(day: date) -> date:
    """The Monday to Friday closest to a day, within its month."""
    moves = (timedelta(0), -_DAY, _DAY, -2 * _DAY, 2 * _DAY)
    near = (day + move for move in moves)
    return next(each for each in near if each.month == day.month and each.isoweekday() <= _FRIDAY)


def _week_days(days: WeekDays, year: int, month: int) -> set[int]:
    length = calendar.monthrange(year, month)[1]
    of_weekday: dict[int, list[int]] = {number: [] for number in range(1, _DAYS_OF_WEEK + 1)}
    for number in range(1, length + 1):
        of_weekday[_weekday(date(year, month, number))].append(number)
    found = {number for weekday in days.numbers for number in of_weekday[weekday]}
    found |= {of_weekday[weekday][-1] for weekday in days.last_of_month}
    return found | {
        of_weekday[weekday][nth - 1] for weekday, nth in days.nth_of_month if nth <= len(of_weekday[weekday])
    }


def _weekday(day: date) -> int:
    """AWS's number of a day of the week: Sunday is 1."""
    return day.isoweekday() % _DAYS_OF_WEEK + 1
