"""What a container that is invoked directly publishes, as a pure function of an answer."""

from __future__ import annotations

from pilotlight.catalog.containers import (
    CONTAINER_4XX_ERRORS,
    CONTAINER_5XX_ERRORS,
    CONTAINER_INVOCATIONS,
    CONTAINER_LATENCY,
    CONTAINER_OVERHEAD_LATENCY,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.real_time_metrics import Outcome


def container_metrics(outcome: Outcome) -> tuple[Measurement, ...]:
    """Measure a request that is over, for its container, beside what the variant publishes."""
    return (
        (CONTAINER_INVOCATIONS, 1.0),
        (CONTAINER_LATENCY, float(outcome.model)),
        (CONTAINER_OVERHEAD_LATENCY, float(outcome.overhead)),
        (CONTAINER_4XX_ERRORS, float(outcome.is_client_error)),
        (CONTAINER_5XX_ERRORS, float(outcome.is_server_error)),
    )
