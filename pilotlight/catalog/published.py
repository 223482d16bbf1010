"""Lists what AWS publishes about an endpoint, by its kind."""

from __future__ import annotations

from pilotlight.catalog import component_metrics, containers, multi_model, serverless
from pilotlight.catalog.metrics import METRICS, MetricFact


def published_by(kind: str) -> tuple[MetricFact, ...]:
    """Give all metrics of an endpoint of this kind, those of its models and containers included."""
    modules = (component_metrics, containers, multi_model, serverless)
    of_kinds = tuple(fact for module in modules for fact in vars(module).values())
    more = (fact for fact in of_kinds if isinstance(fact, MetricFact))
    known = dict.fromkeys((*METRICS, *more))  # in order, each once
    return tuple(fact for fact in known if kind in fact.kinds)
