"""When an inference component calls for help."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pilotlight.catalog.limits import INT32_MAXIMUM
from pilotlight.spec.realtime_alarms import RealtimeAlarms


class ComponentAlarms(RealtimeAlarms):
    """Thresholds of the alarms of each component; null leaves an alarm out. All look at five minutes."""

    no_capacity_failures: Annotated[int, Field(ge=1, le=INT32_MAXIMUM)] | None = 1
    """Alarm when this many requests found no copy; not of a component that sleeps, as those wake it."""
