"""What an inference component publishes to CloudWatch, as pure functions of its copies and its answers."""

from __future__ import annotations

from pilotlight.catalog.component_metrics import (
    COMPONENT_4XX_ERRORS,
    COMPONENT_5XX_ERRORS,
    COMPONENT_INVOCATIONS,
    COMPONENT_MODEL_ERRORS,
    COMPONENT_MODEL_LATENCY,
    COMPONENT_OVERHEAD_LATENCY,
    CONCURRENT_REQUESTS_PER_COPY,
    INVOCATIONS_PER_COPY,
    NO_CAPACITY_INVOCATION_FAILURES,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.real_time import RealTimeVariant
from pilotlight.hosting.real_time_metrics import Outcome


def component_arrival_metrics(copies: int) -> tuple[Measurement, ...]:
    """Measure a request for a component of so many copies; without one it is a failure and no invocation."""
    if not copies:
        return ((NO_CAPACITY_INVOCATION_FAILURES, 1.0),)
    return ((COMPONENT_INVOCATIONS, 1.0), (INVOCATIONS_PER_COPY, 1.0 / copies))


def component_outcome_metrics(outcome: Outcome) -> tuple[Measurement, ...]:
    """Measure a request that is over, under the name of its component."""
    return (
        (COMPONENT_MODEL_LATENCY, float(outcome.model)),
        (COMPONENT_OVERHEAD_LATENCY, float(outcome.overhead)),
        (COMPONENT_4XX_ERRORS, float(outcome.is_client_error)),
        (COMPONENT_5XX_ERRORS, float(outcome.is_server_error)),
        (COMPONENT_MODEL_ERRORS, float(outcome.is_client_error or outcome.is_server_error)),
    )


def component_sample_metrics(component: RealTimeVariant) -> tuple[Measurement, ...]:
    """Measure a component from time to time, as long as it has copies.

    One value for each copy of the requests in flight: their average is what one copy has. No invocation is
    added, but there is a value when none came.
    """
    in_flight = tuple((CONCURRENT_REQUESTS_PER_COPY, float(count)) for count in component.taking.values())
    return (*in_flight, (INVOCATIONS_PER_COPY, 0.0)) if in_flight else ()
