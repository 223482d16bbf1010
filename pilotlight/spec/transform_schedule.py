"""Starts a batch transform by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator

from pilotlight.catalog.batch_transform import FLEXIBLE_WINDOW_MINUTES, SCHEDULE_ATTEMPTS, SCHEDULE_EVENT_AGE
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.refusing import refused
from pilotlight.spec.schedule import Schedule, TimeZone
from pilotlight.spec.within import Within


def _window(value: timedelta) -> timedelta:
    minutes, rest = divmod(value, timedelta(minutes=1))
    if rest or not FLEXIBLE_WINDOW_MINUTES.allows(minutes):
        raise refused("not a window", allowed=f"whole minutes, {FLEXIBLE_WINDOW_MINUTES}")
    return value


class TransformSchedule(Spec):
    """Starts an execution again and again, whether or not the one before has ended."""

    at: Schedule
    """When, as `cron(0 3 * * ? *)` or `rate(1 day)`."""

    timezone: TimeZone = "UTC"
    """The time zone of `at`."""

    flexible_window: Annotated[Duration, AfterValidator(_window)] | None = None
    """How much later than `at` it may start. Default: it starts at once."""

    max_attempts: Annotated[int, Within(SCHEDULE_ATTEMPTS)] = 3
    """How often a start that Step Functions refuses is repeated, before it becomes a dead letter."""

    max_age: Annotated[Duration, Within(SCHEDULE_EVENT_AGE)] = timedelta(hours=1)
    """How long a start is repeated at most, before it becomes a dead letter."""
