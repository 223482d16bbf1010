"""When an asynchronous endpoint calls for help."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from pilotlight.catalog.limits import INT32_MAXIMUM
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import PositiveDuration

Threshold = Annotated[int, Field(ge=1, le=INT32_MAXIMUM)]


class AsyncAlarms(Spec):
    """Thresholds of the alarms; null leaves an alarm out."""

    backlog_age: PositiveDuration | None = timedelta(seconds=3600)
    """Alarm when the oldest request has waited this long."""

    expired_requests: Threshold | None = 1
    """Alarm when this many requests have expired unanswered; SageMaker notifies nobody of them."""

    failures: Threshold | None = 1
    """Alarm when the model has failed on this many requests."""

    dead_letters: Threshold | None = 1
    """Alarm when this many notifications could not be processed."""
