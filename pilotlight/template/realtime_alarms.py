"""Reads the alarms of endpoints that answer at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final, TypeVar

from pilotlight.catalog import containers, metrics
from pilotlight.catalog.metrics import MetricFact
from pilotlight.spec import RealtimeAlarms
from pilotlight.spec.shortest import shortest
from pilotlight.template.endpoint_alarm import ALARM, Threshold, endpoint_alarms, is_on
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said
from pilotlight.template.unread import Place

S = TypeVar("S", bound=RealtimeAlarms)
ON_FAILURES: Final = "server_error_percent"
"""The field of the alarm that takes an update back."""

OF_A_VARIANT: Final[Mapping[str, MetricFact]] = {
    ON_FAILURES: metrics.INVOCATION_5XX_ERRORS,
    "model_latency": metrics.MODEL_LATENCY,
    "overhead_latency": metrics.OVERHEAD_LATENCY,
}
OF_A_CONTAINER: Final[Mapping[str, MetricFact]] = {
    ON_FAILURES: containers.CONTAINER_5XX_ERRORS,
    "model_latency": containers.CONTAINER_LATENCY,
    "overhead_latency": containers.CONTAINER_OVERHEAD_LATENCY,
}
PERCENTILE: Final = re.compile(r"p([0-9]{1,2}(\.[0-9]+)?)")


def realtime_alarms(
    resources: Resources,
    spec: type[S],
    known: dict[str, Value],
    place: Place,
    more: Iterable[Threshold] = (),
    *,
    published: Mapping[str, MetricFact] = OF_A_VARIANT,
) -> tuple[S | None, dict[str, Resource]]:
    """Read the alarms of an endpoint, or of a variant, with the resource of each; see `endpoint_alarms`.

    Args:
        resources: all of them.
        spec: of the alarms.
        known: the dimensions of the endpoint, or of the variant.
        place: of the endpoint.
        more: thresholds that only this kind has.
        published: the metric of each field. Default: those of a variant.
    """
    latencies = {field: fact for field, fact in published.items() if fact.unit == "Microseconds"}
    percentile = _percentile(resources, known, latencies)
    statistic = "Average" if percentile is None else f"p{percentile:g}"
    thresholds = (
        Threshold(ON_FAILURES, published[ON_FAILURES], percent, statistic="Average"),
        *(Threshold(field, fact, latency, statistic) for field, fact in latencies.items()),
        *more,
    )
    said = Said(percentile, place)
    return endpoint_alarms(resources, spec, thresholds, known, place, latency_percentile=said)


def percent(ratio: float) -> float:
    """Give the percentage that an alarm on an average of zeros and ones stands for."""
    return shortest(ratio * 100, lambda each: each / 100 == ratio)


def latency(microseconds: float) -> timedelta:
    """Give what a threshold in CloudWatch's unit means; far beyond any latency it is refused as one."""
    return timedelta(microseconds=min(microseconds, 10**17))


def _percentile(
    resources: Resources, known: dict[str, Value], latencies: Mapping[str, MetricFact]
) -> float | None:
    """Look which requests the alarms on latency look at; None stands for their average."""
    for alarm in resources.of_type(ALARM):
        found = PERCENTILE.fullmatch(str(alarm.part.look("ExtendedStatistic")))
        if found is not None and any(is_on(alarm, fact, known) for fact in latencies.values()):
            return float(found[1])
    return None
