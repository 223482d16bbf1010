"""When the scheduled action of a scalable target runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pilotlight.hosting.cron_times import cron_times
from pilotlight.spec.cron_expression import Cron
from pilotlight.spec.schedule_expression import AtTime, Rate, ScheduleExpression


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule between its bounds. All moments have a time zone.

    timezone: of `at` and `cron`. created: from when rates count that have no start. start: the first run is
      then, the next ones follow the expression. end: nothing runs after it.
    """

    expression: ScheduleExpression
    created: datetime
    timezone: str = "UTC"
    start: datetime | None = None
    end: datetime | None = None


def next_run(schedule: Schedule, after: datetime) -> datetime | None:
    """When it runs next after a moment; None: never again."""
    start, end = schedule.start, schedule.end
    if start is not None and after < start and not isinstance(schedule.expression, AtTime):
        run: datetime | None = start
    else:
        run = _next(schedule, after)
    return None if run is None or (end is not None and run > end) else run


def _next(schedule: Schedule, after: datetime) -> datetime | None:
    match schedule.expression:
        case AtTime(moment):
            at = moment.replace(tzinfo=ZoneInfo(schedule.timezone)).astimezone(UTC)
            return at if at > after else None
        case Rate(every):
            began = schedule.created if schedule.start is None else schedule.start
            return began + ((after - began) // every + 1) * every
        case Cron() as cron:
            return _next_of_cron(cron, ZoneInfo(schedule.timezone), after)


def _next_of_cron(cron: Cron, zone: ZoneInfo, after: datetime) -> datetime | None:
    """A moment that the zone's clock leaves out when it goes forward is left out; one that it shows twice,
    when it goes back, counts the first time."""
    here = after.astimezone(zone)
    for moment in cron_times(cron, here.replace(tzinfo=None, second=0, microsecond=0)):
        run = moment.replace(tzinfo=zone).astimezone(UTC)
        if run.astimezone(zone).replace(tzinfo=None) == moment and run > after:
            return run
    return None
