"""Reads the alarms of an endpoint as the thresholds of a fleet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pilotlight.catalog.metrics import MetricFact
from pilotlight.spec.base import Spec
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built
from pilotlight.template.tracked_metric import dimensions_in
from pilotlight.template.unread import Place

ALARM: Final = "AWS::CloudWatch::Alarm"
AT_LEAST: Final = "GreaterThanOrEqualToThreshold"
LESS_THAN: Final = "LessThanThreshold"
FIVE_MINUTES: Final = 300

S = TypeVar("S", bound=Spec)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One alarm of a kind of endpoint: what it looks at, and what its threshold means.

    Attributes:
        field: of the spec of the alarms.
        metric: that it looks at.
        meaning: turns CloudWatch's number into the value of the field.
        statistic: that it takes. Default: the one that makes sense for the metric.
        comparison: when it goes off. Default: at the threshold, or above.
    """

    field: str
    metric: MetricFact
    meaning: Callable[[float], Any]
    statistic: str | None = None
    comparison: str = AT_LEAST

    @property
    def takes(self) -> str:
        """The statistic that the alarm has to take, for its threshold to mean this."""
        return self.statistic or self.metric.statistic


def endpoint_alarms(
    resources: Resources,
    spec: type[S],
    thresholds: Iterable[Threshold],
    known: dict[str, Value],
    place: Place,
    **more: Any,
) -> tuple[S | None, dict[str, Resource]]:
    """Read the alarms of an endpoint, or of a variant, and give the resource of each beside them.

    An alarm that the templates do not have is left out, as null leaves it out in a fleet file.

    Args:
        resources: all of them.
        spec: of the alarms.
        thresholds: the alarms that the kind can have.
        known: the dimensions of the endpoint: what a metric of it carries.
        place: of the endpoint.
        more: fields that the kind reads itself.
    """
    found = {each.field: (each, alarm_on(resources, each, known)) for each in thresholds}
    said = {field: read_alarm(each, alarm) for field, (each, alarm) in found.items()}
    return (
        built(
            spec,
            resources.notes,
            place,
            **{name: _or_none(each, place) for name, each in (said | more).items()},
        ),
        {field: alarm for field, (_, alarm) in found.items() if alarm is not None},
    )


def alarm_on(resources: Resources, threshold: Threshold, known: dict[str, Value]) -> Resource | None:
    """Find the alarm on a metric, with the statistic and comparison that are meant; None without one."""
    for each in resources.of_type(ALARM):
        part = each.part
        if (
            is_on(each, threshold.metric, known)
            and part.look("ComparisonOperator") == threshold.comparison
            and threshold.takes in (part.look("Statistic"), part.look("ExtendedStatistic"))
            and not each.is_read
        ):
            return each
    return None


def is_on(alarm: Resource, fact: MetricFact, known: dict[str, Value]) -> bool:
    """Tell whether an alarm looks at a metric of an endpoint, whose dimensions are `known`."""
    part, wanted = alarm.part, {name: known.get(name) for name in fact.dimensions}
    named = (part.look("Namespace"), part.look("MetricName")) == (fact.namespace, fact.name)
    return named and dimensions_in(part.look("Dimensions")) == wanted


def read_alarm(threshold: Threshold, alarm: Resource | None) -> Said[Any] | None:
    """Read the threshold of an alarm, and note what else of it a fleet would not have said."""
    if alarm is None:
        return None
    alarm.is_read = True
    part = alarm.part
    part.leave(
        "AlarmActions", "AlarmDescription", "ComparisonOperator", "Dimensions", "MetricName", "Namespace"
    )
    part.only("EvaluationPeriods", 1)
    part.only("Period", FIVE_MINUTES)
    part.leave("ExtendedStatistic" if threshold.takes.startswith("p") else "Statistic")
    part.only("TreatMissingData", "notBreaching")
    number = part.number("Threshold")
    return None if number is None else number.then(threshold.meaning)


def _or_none(said: Any, place: Place) -> Any:
    """Say null where nothing is said: a field that is not passed on would have its default."""
    return Said(None, place) if said is None else said
