"""What a variant that answers at once publishes to CloudWatch, as pure functions of it and of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from pilotlight.catalog.metrics import (
    CONCURRENT_REQUESTS_PER_MODEL,
    FIRST_CHUNK_LATENCY,
    FIRST_CHUNK_MODEL_LATENCY,
    FIRST_CHUNK_OVERHEAD_LATENCY,
    INVOCATION_4XX_ERRORS,
    INVOCATION_5XX_ERRORS,
    INVOCATION_MODEL_ERRORS,
    INVOCATIONS,
    INVOCATIONS_PER_INSTANCE,
    MID_STREAM_ERRORS,
    MODEL_LATENCY,
    OVERHEAD_LATENCY,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.real_time import RealTimeVariant

CONCURRENCY_INTERVAL: Micros = 10 * SECOND
"""How often the requests in flight are published: the resolution of the metric."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation went.

    status: HTTP status of the model; None when it gave none, in time or at all.
    model: from the first byte sent to the model to the last of its answer.
    overhead: what routing and forwarding added.
    first_chunk: of a stream, the model's time to its first part. Default: no stream, or none came.
    is_broken: a stream that broke after its first part.
    """

    status: int | None
    model: Micros
    overhead: Micros
    first_chunk: Micros | None = None
    is_broken: bool = False

    @property
    def is_client_error(self) -> bool:
        """Whether the model refused the request."""
        return self.status is not None and self.status // 100 == HTTPStatus.BAD_REQUEST // 100

    @property
    def is_server_error(self) -> bool:
        """Whether the model failed on it, or gave no answer."""
        return self.status is None or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


def arrival_metrics(instances: int) -> tuple[Measurement, ...]:
    """Measure a request that goes to one of so many instances."""
    return ((INVOCATIONS, 1.0), (INVOCATIONS_PER_INSTANCE, 1.0 / max(1, instances)))


def outcome_metrics(outcome: Outcome) -> tuple[Measurement, ...]:
    """Measure a request that is over. Both error metrics get a value each time: their average is the rate."""
    return (
        (MODEL_LATENCY, float(outcome.model)),
        (OVERHEAD_LATENCY, float(outcome.overhead)),
        (INVOCATION_4XX_ERRORS, float(outcome.is_client_error)),
        (INVOCATION_5XX_ERRORS, float(outcome.is_server_error)),
        (INVOCATION_MODEL_ERRORS, float(outcome.is_client_error or outcome.is_server_error)),
        *_stream_metrics(outcome),
    )


def _stream_metrics(outcome: Outcome) -> tuple[Measurement, ...]:
    first = outcome.first_chunk
    if first is None:
        return ()
    return (
        (FIRST_CHUNK_LATENCY, float(first + outcome.overhead)),
        (FIRST_CHUNK_MODEL_LATENCY, float(first)),
        (FIRST_CHUNK_OVERHEAD_LATENCY, float(outcome.overhead)),
        (MID_STREAM_ERRORS, float(outcome.is_broken)),
    )


def concurrency_metrics(variant: RealTimeVariant) -> tuple[Measurement, ...]:
    """Measure the requests in flight, one value for each instance: their average is what one instance has."""
    return tuple((CONCURRENT_REQUESTS_PER_MODEL, float(count)) for count in variant.taking.values())
