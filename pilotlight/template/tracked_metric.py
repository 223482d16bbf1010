"""Reads which metric a target tracking policy follows, and how."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from pilotlight.catalog.metrics import MetricFact, find_metric
from pilotlight.catalog.scaling import PREDEFINED_METRICS, SCALE_IN_COOLDOWN, SCALE_OUT_COOLDOWN
from pilotlight.template.conversions import as_mappings
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.said import Said

IN_COOLDOWN: Final = timedelta(seconds=SCALE_IN_COOLDOWN.default or 0)
OUT_COOLDOWN: Final = timedelta(seconds=SCALE_OUT_COOLDOWN.default or 0)


def followed(tracking: Part | None, dimensions: dict[str, Value]) -> MetricFact | None:
    """Tell which metric of the catalogue a policy follows; None when it is another one.

    Nothing is read by looking.

    Args:
        tracking: the configuration of the policy.
        dimensions: of the endpoint and the variant: a metric of somebody else's is not followed.
    """
    if tracking is None:
        return None
    predefined, customized = (
        tracking.look(f"{which}MetricSpecification") for which in ("Predefined", "Customized")
    )
    if isinstance(predefined, dict):
        fact, _ = PREDEFINED_METRICS.get(str(predefined.get("PredefinedMetricType")), (None, 0))
        return fact
    return _customized(customized, dimensions) if isinstance(customized, dict) else None


def read_metric(tracking: Part, fact: MetricFact) -> None:
    """Take the metric of a policy as read; note a statistic that is not the one that makes sense."""
    if (predefined := tracking.part("PredefinedMetricSpecification")) is not None:
        predefined.leave("PredefinedMetricType")
    if (customized := tracking.part("CustomizedMetricSpecification")) is not None:
        customized.leave("Dimensions", "MetricName", "Namespace")
        customized.only("Unit", None, fact.unit)
        customized.only("Statistic", fact.statistic)


def cooldowns(tracking: Part) -> dict[str, Any]:
    """Read both cool-downs; without them Application Auto Scaling takes its own."""
    read = {
        "scale_in_cooldown": tracking.seconds("ScaleInCooldown"),
        "scale_out_cooldown": tracking.seconds("ScaleOutCooldown"),
    }
    own = {"scale_in_cooldown": IN_COOLDOWN, "scale_out_cooldown": OUT_COOLDOWN}
    return {name: own[name] if each is None else each for name, each in read.items()}


def scale_in_disabled(tracking: Part) -> Said[bool] | bool:
    """Read whether instances are only ever added."""
    said = tracking.flag("DisableScaleIn")
    return False if said is None else said


def dimensions_in(written: Value) -> dict[str, Value]:
    """Give the dimensions of a metric as CloudFormation lists them."""
    return {str(each.get("Name")): each.get("Value") for each in as_mappings(written)}


def _customized(metric: dict[str, Value], known: dict[str, Value]) -> MetricFact | None:
    fact = find_metric(str(metric.get("Namespace")), str(metric.get("MetricName")))
    if fact is None:
        return None
    expected = {name: known.get(name) for name in fact.dimensions}
    return fact if dimensions_in(metric.get("Dimensions")) == expected else None
