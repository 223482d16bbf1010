"""What a multi-model endpoint publishes to CloudWatch beside the metrics of its model cache."""

from __future__ import annotations

from http import HTTPStatus

from pilotlight.catalog.metrics import (
    GPU_MEMORY_UTILIZATION,
    INVOCATION_4XX_ERRORS,
    INVOCATION_5XX_ERRORS,
    INVOCATIONS,
    INVOCATIONS_PER_INSTANCE,
    MEMORY_UTILIZATION,
    MODEL_LATENCY,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.model_cache import ModelCache
from pilotlight.hosting.model_cache_metrics import instance_metrics
from pilotlight.local.containers.answer import Answer

_PERCENT = 100.0


def request_metrics(instances: int) -> tuple[Measurement, ...]:
    """Measure a request that has come; instances: how many share the requests."""
    return ((INVOCATIONS, 1.0), (INVOCATIONS_PER_INSTANCE, 1.0 / max(1, instances)))


def call_metrics(answer: Answer | None, took: Micros) -> tuple[Measurement, ...]:
    """Measure a request that is over; None: no model got to answer it."""
    if answer is None:
        return ((INVOCATION_4XX_ERRORS, 1.0),)
    is_client, is_server = (
        HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR,
        answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    return (
        (MODEL_LATENCY, float(took)),
        (INVOCATION_4XX_ERRORS, float(is_client)),
        (INVOCATION_5XX_ERRORS, float(is_server)),
    )


def models_metrics(cache: ModelCache, *, has_gpu: bool) -> tuple[Measurement, ...]:
    """Measure the models of one instance, every minute.

    How full the memory is follows from the declared sizes of the models: nothing here has a GPU to look at.
    """
    budget = cache.settings.memory
    if not budget:
        return instance_metrics(cache)
    metric = GPU_MEMORY_UTILIZATION if has_gpu else MEMORY_UTILIZATION
    return (*instance_metrics(cache), (metric, _PERCENT * cache.memory_used / budget))
