"""The metric that a target tracking policy follows, whichever way the policy names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotlight.catalog.scaling import PREDEFINED_METRICS
from pilotlight.hosting.micros import MINUTE, SECOND, Micros
from pilotlight.local.scaling.scaled_resource import ScaledResource

Config = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrackedMetric:
    """The metric as an alarm names it, and the length of its datapoints."""

    metric: Config
    period: Micros = MINUTE


def tracked(resource: ScaledResource, config: Config) -> TrackedMetric:
    """The metric of a target tracking configuration. Raises ValueError when there is none of this name here.

    resource: what a predefined metric is about.
    """
    customized, predefined = (
        config.get("CustomizedMetricSpecification"),
        config.get("PredefinedMetricSpecification"),
    )
    if predefined is not None and customized is None:
        return _predefined(resource, predefined["PredefinedMetricType"])
    if customized is None or "MetricName" not in customized:
        msg = "the embedded AWS tracks one customized or predefined metric; it has no metric math"
        raise ValueError(msg)
    return TrackedMetric(customized)


def _predefined(resource: ScaledResource, name: str) -> TrackedMetric:
    if name not in PREDEFINED_METRICS:
        msg = f"PredefinedMetricType, got {name}, allowed here {', '.join(PREDEFINED_METRICS)}"
        raise ValueError(msg)
    fact, period_s = PREDEFINED_METRICS[name]
    if not resource.names.keys() >= set(fact.dimensions):
        msg = (
            f"PredefinedMetricType {name} has the dimensions {', '.join(fact.dimensions)}, got {resource.id}"
        )
        raise ValueError(msg)
    metric = {
        "Namespace": fact.namespace,
        "MetricName": fact.name,
        "Statistic": fact.statistic,
        "Dimensions": [{"Name": each, "Value": resource.names[each]} for each in fact.dimensions],
    }
    return TrackedMetric(metric, period_s * SECOND)
