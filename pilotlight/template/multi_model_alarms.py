"""What the alarms of endpoints of many models mean."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog import multi_model
from pilotlight.template import realtime_alarms
from pilotlight.template.endpoint_alarm import LESS_THAN, Threshold

THRESHOLDS: Final = (
    Threshold("model_loading_wait_time", multi_model.MODEL_LOADING_WAIT_TIME, realtime_alarms.latency),
    Threshold(
        "model_cache_hit_percent", multi_model.MODEL_CACHE_HIT, realtime_alarms.percent, comparison=LESS_THAN
    ),
)
"""Those that only an endpoint of many models has."""
