"""What we claim about scheduled actions."""

from __future__ import annotations

from pilotlight.catalog.cron import CRON_GUIDE
from pilotlight.catalog.evidence import assumed, documented
from pilotlight.hosting.behaviour import Behaviour

_PUT = documented("botocore 1.44.5, PutScheduledAction")
_RECURRING = documented("Application Auto Scaling User Guide, Schedule recurring scaling actions")

BEHAVIOURS = (
    Behaviour("A scheduled action sets the bounds it names.", "scaling_events.ScheduleDue", _PUT),
    Behaviour(
        "It brings a capacity outside of them to the nearest bound, and no other.",
        "scaling_events.ScheduleDue",
        _PUT,
    ),
    Behaviour(
        "It ignores cool-downs, and starts none.",
        "scalable_target.step",
        documented("Application Auto Scaling User Guide, Define cooldown period"),
    ),
    Behaviour(
        "While an activity is under way the capacity follows the new bounds after it.",
        "scalable_target.step",
        assumed("follows from one activity at a time"),
    ),
    Behaviour(
        "An action that would leave the minimum above the maximum does nothing.",
        "scaling_events.ScheduleDue",
        assumed("the API compares them only when both are given; what happens at the time is not published"),
    ),
    Behaviour(
        "With a start time it runs then, and by its schedule afterwards.", "schedule.Schedule", _RECURRING
    ),
    Behaviour("After its end time it does not run; nothing reverts.", "schedule.Schedule", _RECURRING),
    Behaviour(
        "Without a start time a rate counts from the creation of the action.",
        "schedule.Schedule.created",
        assumed("the guide says when rates with a start time run, and nothing of others"),
    ),
    Behaviour(
        "A moment of `at` that is past never comes.",
        "schedule.next_run",
        assumed("whether the API refuses it is not published"),
    ),
    Behaviour("Six cron fields with their wildcards; Sunday is day 1.", "cron_times.cron_times", CRON_GUIDE),
    Behaviour(
        "Times that a change of the clock leaves out do not come; times that it repeats come once.",
        "schedule.next_run",
        assumed(
            "EventBridge Scheduler documents it for its own schedules; Application Auto Scaling does not"
        ),
    ),
)
