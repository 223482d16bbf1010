"""Reads what starts a state machine by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from pilotlight.catalog.batch_transform import SCHEDULE_ATTEMPTS, SCHEDULE_EVENT_AGE
from pilotlight.spec import TransformSchedule
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

SCHEDULE: Final = "AWS::Scheduler::Schedule"
QUEUE: Final = "AWS::SQS::Queue"


def schedule_of(resources: Resources, machine: Resource) -> TransformSchedule | None:
    """Read the schedule of a state machine; None when nothing starts it by the clock."""
    schedule = _starting(resources, machine)
    if schedule is None:
        return None
    schedule.is_read = True
    part = schedule.part
    part.leave("GroupName", "Name")
    part.only("State", None, "ENABLED")
    target = part.part("Target")
    policy = None if target is None else target.part("RetryPolicy")
    if target is not None:
        target.leave("Arn", "DeadLetterConfig", "RoleArn")
        target.only("Input", None, "{}")
    return built(
        TransformSchedule,
        resources.notes,
        schedule.place,
        at=part.text("ScheduleExpression"),
        timezone=part.text("ScheduleExpressionTimezone"),
        flexible_window=_window(part.part("FlexibleTimeWindow")),
        **_repeats(policy),
    )


def _repeats(policy: Part | None) -> dict[str, Any]:
    """Read how often a start is repeated: by itself as often, and as long, as EventBridge Scheduler can."""
    said = None if policy is None else policy.whole("MaximumRetryAttempts")
    age = None if policy is None else policy.seconds("MaximumEventAgeInSeconds")
    longest = timedelta(seconds=SCHEDULE_EVENT_AGE.maximum or 0)
    return {
        "max_attempts": SCHEDULE_ATTEMPTS.maximum if said is None else said,
        "max_age": longest if age is None else age,
    }


def dead_letters_of(resources: Resources, machine: Resource) -> Resource | None:
    """Find the queue of what a schedule could not start; None when there is none."""
    schedule = _starting(resources, machine)
    target = None if schedule is None else schedule.part.look("Target")
    config = target.get("DeadLetterConfig") if isinstance(target, dict) else None
    return resources.find(config.get("Arn"), QUEUE) if isinstance(config, dict) else None


def _starting(resources: Resources, machine: Resource) -> Resource | None:
    for each in resources.of_type(SCHEDULE):
        target = each.part.look("Target")
        if isinstance(target, dict) and resources.find(target.get("Arn"), machine.type) is machine:
            return each
    return None


def _window(part: Part | None) -> Said[timedelta] | None:
    if part is None:
        return None
    part.only("Mode", "OFF", "FLEXIBLE")
    minutes = part.whole("MaximumWindowInMinutes")
    return None if minutes is None else minutes.then(lambda each: timedelta(minutes=each))
