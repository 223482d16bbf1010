"""When a batch transform calls for help, and whom it tells how it ended."""

from __future__ import annotations

from pilotlight.spec.alarms import Threshold
from pilotlight.spec.base import Spec


class TransformAlarms(Spec):
    """Thresholds of the alarms; null leaves an alarm out."""

    failed_executions: Threshold | None = 1
    """Alarm when this many executions have failed within five minutes, after all their retries."""

    dead_letters: Threshold | None = 1
    """Alarm when this many starts of the schedule could not be delivered."""


class TransformNotify(Spec):
    """Says which ends of an execution are told to a topic of their own."""

    success: bool = True
    """Tell a topic when the answers are there."""

    failure: bool = True
    """Tell a topic when it has failed for good."""
