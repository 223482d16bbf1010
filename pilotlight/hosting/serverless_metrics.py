"""What a serverless variant publishes to CloudWatch, as pure functions of it and of its answers."""

from __future__ import annotations

from pilotlight.catalog.metrics import (
    INVOCATION_4XX_ERRORS,
    INVOCATION_5XX_ERRORS,
    INVOCATIONS,
    MODEL_LATENCY,
    OVERHEAD_LATENCY,
)
from pilotlight.catalog.serverless import (
    CONCURRENT_EXECUTIONS_UTILIZATION,
    MODEL_SETUP_TIME,
    PROVISIONED_CONCURRENCY_EXECUTIONS,
    PROVISIONED_CONCURRENCY_INVOCATIONS,
    PROVISIONED_CONCURRENCY_SPILLOVER,
    PROVISIONED_CONCURRENCY_UTILIZATION,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.hosting.serverless import ServerlessVariant
from pilotlight.hosting.serverless_events import Serve

CONCURRENCY_INTERVAL: Micros = MINUTE
"""How often the concurrency is published."""


def served_metrics(state: ServerlessVariant, effect: Serve) -> tuple[Measurement, ...]:
    """Measure a request that a container begins to answer."""
    measured: list[Measurement] = [(INVOCATIONS, 1.0)]
    if effect.setup is not None:
        measured.append((MODEL_SETUP_TIME, float(effect.setup)))
    if state.provisioned:
        spills = len(state.running) > state.provisioned
        kind = PROVISIONED_CONCURRENCY_SPILLOVER if spills else PROVISIONED_CONCURRENCY_INVOCATIONS
        measured.append((kind, 1.0))
    return tuple(measured)


def answered_metrics(outcome: Outcome) -> tuple[Measurement, ...]:
    """Measure a request that is over; its overhead has the cold start in it."""
    return (
        (MODEL_LATENCY, float(outcome.model)),
        (OVERHEAD_LATENCY, float(outcome.overhead)),
        (INVOCATION_4XX_ERRORS, float(outcome.is_client_error)),
        (INVOCATION_5XX_ERRORS, float(outcome.is_server_error)),
    )


def concurrency_metrics(state: ServerlessVariant) -> tuple[Measurement, ...]:
    """Measure how much of the concurrency is used."""
    busy, provisioned = len(state.running), state.provisioned
    used: tuple[Measurement, ...] = ((CONCURRENT_EXECUTIONS_UTILIZATION, busy / state.most),)
    if not provisioned:
        return used
    on_provisioned = min(busy, provisioned)
    return (
        *used,
        (PROVISIONED_CONCURRENCY_EXECUTIONS, float(on_provisioned)),
        (PROVISIONED_CONCURRENCY_UTILIZATION, on_provisioned / provisioned),
    )
