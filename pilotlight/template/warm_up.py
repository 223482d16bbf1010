"""Reads what keeps the models of an endpoint warm: a function with its settings, and the schedule of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Final

from pilotlight.catalog.warm_up import NAMESPACE, SERVICE
from pilotlight.spec import WarmUpSpec, warm_up_memory
from pilotlight.template.endpoint_alarm import ALARM
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built
from pilotlight.template.tracked_metric import dimensions_in

FUNCTION: Final = "AWS::Lambda::Function"
SCHEDULE: Final = "AWS::Scheduler::Schedule"
RATE: Final = re.compile(r"rate\(([1-9][0-9]{0,8}) minutes?\)")
MOST_PERCENT: Final = 99


def warm_up_of(
    resources: Resources,
    endpoint: Value,
    *,
    scaling: Any = None,
    instance_type: str = "",
    gpu_memory_percent: float | None = None,
) -> WarmUpSpec | None:
    """Read the terms of an endpoint's warm-up; None when only callers ask its models.

    Args:
        resources: all of them.
        endpoint: the name of the endpoint.
        scaling: of it, as read: the bounds of the warm-up follow from it.
        instance_type: of it, for the same reason.
        gpu_memory_percent: of it, for the same reason.
    """
    function = next(_warming(resources, endpoint), None)
    if function is None:
        return None
    terms = _environment(function)
    if terms is None:
        return None
    _pass_over_alarms(resources, endpoint)
    return built(
        WarmUpSpec,
        resources.notes,
        function.place,
        every=_every(resources, function),
        concurrency=terms.whole("CONCURRENCY"),
        time_budget=terms.seconds("TIME_BUDGET_SECONDS"),
        sample=_sample(terms),
        target_percent=_percent(terms, scaling),
        memory_budget=_memory(terms, instance_type, gpu_memory_percent),
    )


def _warming(resources: Resources, endpoint: Value) -> Iterator[Resource]:
    for each in resources.of_type(FUNCTION):
        terms = _environment(each)
        named = terms is not None and terms.look("POWERTOOLS_SERVICE_NAME") == SERVICE
        if named and terms is not None and terms.look("ENDPOINT_NAME") == endpoint:
            yield each


def _environment(function: Resource) -> Part | None:
    written = function.part.look("Environment")
    if not isinstance(written, dict) or not isinstance(written.get("Variables"), dict):
        return None
    environment = function.part.part("Environment")
    return None if environment is None else environment.part("Variables")


def _pass_over_alarms(resources: Resources, endpoint: Value) -> None:
    """Take the alarms about the runs as read: there is nothing to say about them."""
    for each in resources.of_type(ALARM):
        values = dimensions_in(each.part.look("Dimensions")).values()
        if each.part.look("Namespace") == NAMESPACE and endpoint in values:
            each.is_read = True
            each.part.leave(*each.part.keys())


def _every(resources: Resources, function: Resource) -> Said[timedelta] | None:
    for schedule in resources.of_type(SCHEDULE):
        target = schedule.part.look("Target")
        if isinstance(target, dict) and resources.find(target.get("Arn"), FUNCTION) is function:
            said = schedule.part.text("ScheduleExpression")
            rate = None if said is None else RATE.fullmatch(said.value)
            if said is not None and rate is not None:
                return Said(timedelta(minutes=int(rate[1])), said.place)
            schedule.part.note("ScheduleExpression", "not a rate in minutes")
            return None
    resources.notes.note(function.place, "no schedule starts it")
    return None


def _sample(terms: Part) -> Said[Any] | None:
    said = terms.text("DEFAULT_SAMPLE")
    if said is None or not said.value:
        return None
    try:
        sample = json.loads(said.value)
    except ValueError:
        terms.note("DEFAULT_SAMPLE", "not JSON")
        return None
    return Said(sample, said.place)


def _percent(terms: Part, scaling: Any) -> int | None:
    """Give the share of what scaling aims at; the largest that gives the same bounds where several do."""
    track = getattr(scaling, "track", None)
    if track != "invocations":
        return MOST_PERCENT if track == "concurrency" else None
    said = terms.number("INVOCATIONS_PER_MINUTE") if terms.look("INVOCATIONS_PER_MINUTE") else None
    aimed_at = scaling.target_per_instance * scaling.lowest
    return None if said is None else round(said.value / aimed_at * 100)


def _memory(terms: Part, instance_type: str, gpu_memory_percent: float | None) -> Said[int] | None:
    if not terms.look("MEMORY_BUDGET_MIB"):
        return None
    endpoint = SimpleNamespace(instance_type=instance_type, gpu_memory_percent=gpu_memory_percent)
    said = terms.whole("MEMORY_BUDGET_MIB")
    return None if said is None or said.value == warm_up_memory(WarmUpSpec(), endpoint) else said
