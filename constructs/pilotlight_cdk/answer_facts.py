"""What says how something answers: an endpoint, a container of it, an inference component."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.catalog.metrics import MetricFact


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """Three metrics under the names that they have of one kind of thing.

    Attributes:
        server_errors: 1 for each request that the container failed on, 0 for each other one.
        model_latency: time that the container took, in microseconds.
        overhead_latency: time that SageMaker added to that, in microseconds.
    """

    server_errors: MetricFact
    model_latency: MetricFact
    overhead_latency: MetricFact
