"""When an endpoint of many models calls for help."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from pilotlight.spec.latency import Latency
from pilotlight.spec.realtime_alarms import RealtimeAlarms


class MultiModelAlarms(RealtimeAlarms):
    """Thresholds of the alarms; null leaves an alarm out. All look at five minutes at a time."""

    model_loading_wait_time: Latency | None = timedelta(seconds=30)
    """Alarm when requests wait this long for their model on average; at 60 s SageMaker refuses them."""

    model_cache_hit_percent: Annotated[float, Field(gt=0, le=100)] | None = None
    """Alarm when fewer requests than this find their model loaded. Default: no alarm, as only you know."""
