"""A scheduled action as Application Auto Scaling keeps it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pilotlight.catalog.scaling import SERVICE_NAMESPACE
from pilotlight.hosting.schedule import Schedule, next_run
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.timestamp import moment_of
from pilotlight.spec.schedule_expression import ScheduleExpression, parse_schedule

Request = dict[str, Any]
_SHOWN = ("Schedule", "Timezone", "ScalableTargetAction")


@dataclass(slots=True)
class ScheduledActionRecord:
    """One scheduled action of a target. due: when it runs next, on SageMaker's calendar; None: never."""

    name: str
    arn: str
    request: Request
    """The members of PutScheduledAction."""
    schedule: Schedule
    due: datetime | None
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    @classmethod
    def parse(
        cls, request: Request, *, arn: str, now: datetime, known: ScheduledActionRecord | None
    ) -> ScheduledActionRecord:
        """From the members of PutScheduledAction.

        known: the action it replaces; what is left out stays as it was, but for start and end.
        now: on SageMaker's calendar. Raises ValidationError.
        """
        kept = {} if known is None else {key: known.request[key] for key in _SHOWN if key in known.request}
        merged = {**kept, **request}
        schedule = Schedule(
            _expression(merged),
            created=now if known is None else known.schedule.created,
            timezone=_timezone(merged),
            start=moment_of(merged, "StartTime"),
            end=moment_of(merged, "EndTime"),
        )
        _check_bounds(merged)
        name, due = request["ScheduledActionName"], next_run(schedule, now)
        if known is None:
            return cls(name, arn, merged, schedule, due)
        return cls(name, known.arn, merged, schedule, due, known.created)

    @property
    def min_capacity(self) -> int | None:
        """The fewest instances from then on; None: as before."""
        return self._bound("MinCapacity")

    @property
    def max_capacity(self) -> int | None:
        """The most instances from then on; None: as before."""
        return self._bound("MaxCapacity")

    def ran(self) -> None:
        """Wait for the next moment."""
        self.due = None if self.due is None else next_run(self.schedule, self.due)

    def describe(self) -> Request:
        """The action as `DescribeScheduledActions` shows it."""
        schedule = self.schedule
        shown = {
            "ScheduledActionName": self.name,
            "ScheduledActionARN": self.arn,
            "ServiceNamespace": SERVICE_NAMESPACE,
            "ResourceId": self.request["ResourceId"],
            "ScalableDimension": self.request["ScalableDimension"],
            **{key: self.request[key] for key in _SHOWN if key in self.request},
            "StartTime": schedule.start,
            "EndTime": schedule.end,
            "CreationTime": self.created,
        }
        return {key: value for key, value in shown.items() if value is not None}

    def _bound(self, name: str) -> int | None:
        bound: int | None = self.request.get("ScalableTargetAction", {}).get(name)
        return bound


def scheduled_action_arn(request: Request, *, region: str, account: str) -> str:
    """A new ARN for a scheduled action."""
    where = f"arn:aws:autoscaling:{region}:{account}:scheduledAction:{uuid.uuid4()}"
    named = f"scheduledActionName/{request['ScheduledActionName']}"
    return f"{where}:resource/{SERVICE_NAMESPACE}/{request['ResourceId']}:{named}"


def _expression(request: Request) -> ScheduleExpression:
    if "Schedule" not in request:
        msg = "Schedule is required when a scheduled action is created"
        raise ValidationError(msg)
    try:
        return parse_schedule(request["Schedule"])
    except ValueError as error:
        msg = f"Schedule: {error}"
        raise ValidationError(msg) from error


def _timezone(request: Request) -> str:
    name: str = request.get("Timezone", "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        msg = f"Timezone must be a name as Europe/Berlin, got {name}"
        raise ValidationError(msg) from error
    return name


def _check_bounds(request: Request) -> None:
    bounds = request.get("ScalableTargetAction", {})
    lowest, highest = bounds.get("MinCapacity"), bounds.get("MaxCapacity")
    if lowest is None and highest is None:
        msg = "ScalableTargetAction must have MinCapacity or MaxCapacity"
        raise ValidationError(msg)
    if lowest is not None and highest is not None and lowest > highest:
        msg = f"MinCapacity must not be above MaxCapacity, got {lowest} and {highest}"
        raise ValidationError(msg)
