"""When a serverless endpoint calls for help."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pilotlight.spec.realtime_alarms import RealtimeAlarms


class ServerlessAlarms(RealtimeAlarms):
    """Thresholds of the alarms; null leaves an alarm out. All look at five minutes at a time."""

    concurrency_percent: Annotated[float, Field(gt=0, le=100)] | None = 90.0
    """Alarm when this share of max_concurrency is in flight at once; what is above all of it is refused."""
