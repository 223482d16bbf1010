"""What a multi-model endpoint publishes to CloudWatch about its models, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.multi_model import (
    LOADED_MODEL_COUNT,
    MODEL_CACHE_HIT,
    MODEL_DOWNLOADING_TIME,
    MODEL_LOADING_TIME,
    MODEL_LOADING_WAIT_TIME,
    MODEL_UNLOADING_TIME,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.model_cache_events import CacheEffect, Forward, LookedUp, Operation, Took
from pilotlight.hosting.model_cache_state import ModelCache

_OPERATIONS: Mapping[Operation, MetricFact] = {
    Operation.DOWNLOAD: MODEL_DOWNLOADING_TIME,
    Operation.LOAD: MODEL_LOADING_TIME,
    Operation.UNLOAD: MODEL_UNLOADING_TIME,
}


def effect_metrics(effect: CacheEffect) -> tuple[Measurement, ...]:
    """Measure what has just happened; times are microseconds, as AWS publishes them."""
    match effect:
        case LookedUp(hit=hit):
            return ((MODEL_CACHE_HIT, float(hit)),)
        case Forward(waited=waited) if waited is not None:
            return ((MODEL_LOADING_WAIT_TIME, float(waited)),)
        case Took(operation, _, time):
            return ((_OPERATIONS[operation], float(time)),)
        case _:
            return ()


def instance_metrics(cache: ModelCache) -> tuple[Measurement, ...]:
    """Measure one instance, every minute."""
    return ((LOADED_MODEL_COUNT, float(len(cache.loaded))),)
