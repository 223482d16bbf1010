"""Lists what AWS publishes about an endpoint, by its kind."""

from __future__ import annotations

from pilotlight.catalog import multi_model
from pilotlight.catalog.metrics import METRICS, MetricFact


def published_by(kind: str) -> tuple[MetricFact, ...]:
    """Give all metrics of an endpoint of this kind, those of its models included."""
    of_models = (fact for fact in vars(multi_model).values() if isinstance(fact, MetricFact))
    known = dict.fromkeys((*METRICS, *of_models))  # in order, each once
    return tuple(fact for fact in known if kind in fact.kinds)
