"""Scheduled actions run at the moments that their schedules name, on the calendar of their time zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pilotlight.hosting.schedule import Schedule, next_run
from pilotlight.spec.schedule_expression import parse_schedule

CREATED = datetime(2027, 1, 1, 12, 0, 30, tzinfo=UTC)


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def runs(text: str, after: str, count: int = 1, timezone: str = "UTC", **bounds: datetime) -> list[str]:
    """The next moments, without their seconds' zeros."""
    schedule = Schedule(parse_schedule(text), CREATED, timezone, **bounds)
    found: list[str] = []
    moment = utc(after)
    for _ in range(count):
        run = next_run(schedule, moment)
        if run is None:
            return [*found, "never"]
        moment = run
        found.append(run.strftime("%Y-%m-%dT%H:%M"))
    return found


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("cron(0 8 ? * MON-FRI *)", "2027-01-01T08:00", "2027-01-04T08:00"),  # Friday to Monday
        ("cron(0 8 * * ? *)", "2027-01-01T07:59:59", "2027-01-01T08:00"),
        ("cron(0/15 * * * ? *)", "2027-01-01T23:50", "2027-01-02T00:00"),
        ("cron(0 0 L 2 ? *)", "2027-03-01", "2028-02-29T00:00"),  # a leap year
        ("cron(0 0 31 * ? *)", "2027-01-31", "2027-03-31T00:00"),  # February has none
        ("cron(0 0 1W 5 ? *)", "2027-01-01", "2027-05-03T00:00"),  # 1 May 2027 is a Saturday
        ("cron(0 0 15W 5 ? *)", "2027-01-01", "2027-05-14T00:00"),  # so is 15 May
        ("cron(0 0 ? * 6L *)", "2027-01-01", "2027-01-29T00:00"),  # the last Friday
        ("cron(0 0 ? * TUE#2 *)", "2027-01-01", "2027-01-12T00:00"),
        ("cron(0 0 ? * 2#5 *)", "2027-01-01", "2027-03-29T00:00"),  # the first month with five Mondays
        ("cron(0 0 1 1 ? 2020-2026)", "2027-01-01", "never"),
        ("cron(0 0 30 2 ? *)", "2027-01-01", "never"),
    ],
)
def test_cron_on_the_calendar(text: str, after: str, expected: str) -> None:
    """Checked with a calendar of 2027, which begins on a Friday."""
    assert [expected] == runs(text, after)


def test_cron_in_a_time_zone() -> None:
    """08:00 in Berlin is 07:00 UTC in winter and 06:00 UTC in summer, which begins on 28 March 2027."""
    expected = ["2027-03-27T07:00", "2027-03-28T06:00"]

    assert expected == runs("cron(0 8 * * ? *)", "2027-03-26T07:00", 2, "Europe/Berlin")


def test_an_hour_that_is_left_out_does_not_come() -> None:
    """On 28 March 2027 the clock in Berlin goes from 02:00 to 03:00."""
    expected = ["2027-03-27T01:30", "2027-03-29T00:30"]

    assert expected == runs("cron(30 2 * * ? *)", "2027-03-26T12:00", 2, "Europe/Berlin")


def test_an_hour_that_comes_twice_counts_once() -> None:
    """On 31 October 2027 the clock in Berlin shows 02:30 at 00:30 UTC and again at 01:30 UTC."""
    expected = ["2027-10-31T00:30", "2027-11-01T01:30"]

    assert expected == runs("cron(30 2 * * ? *)", "2027-10-30T12:00", 2, "Europe/Berlin")


def test_a_moment_comes_once() -> None:
    """In its time zone; what is past never comes."""
    at = "at(2027-01-02T09:00:00)"

    assert ["2027-01-02T14:00", "never"] == runs(at, "2027-01-01", 2, "America/New_York")


def test_a_rate_counts_from_the_creation() -> None:
    """The first run is one interval after it."""
    assert ["2027-01-01T12:10", "2027-01-01T12:20"] == runs("rate(10 minutes)", "2027-01-01T12:00:30", 2)


def test_a_start_time_is_the_first_run() -> None:
    """Then the expression counts; a rate counts from the start."""
    start = utc("2027-01-02T10:05")

    assert ["2027-01-02T10:05", "2027-01-02T11:05"] == runs(
        "rate(1 hour)", "2027-01-01T13:00", 2, start=start
    )
    assert ["2027-01-02T10:05", "2027-01-03T08:00"] == runs(
        "cron(0 8 * * ? *)", "2027-01-01T13:00", 2, start=start
    )


def test_nothing_runs_after_the_end() -> None:
    """The end itself still counts."""
    end = utc("2027-01-01T14:00:30")

    assert ["2027-01-01T13:00", "2027-01-01T14:00", "never"] == runs(
        "rate(1 hour)", "2027-01-01T12:30", 3, end=end
    )
