"""Reads how a variant that answers at once grows and shrinks."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog import metrics
from pilotlight.spec import (
    AnyScaling,
    ConcurrencyScaling,
    InvocationScaling,
    ScheduleScaling,
    UtilizationScaling,
)
from pilotlight.spec.base import Spec
from pilotlight.spec.tracked_hardware import percent_of_published
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built
from pilotlight.template.scalable_target import (
    TRACKING,
    ScaledVariant,
    policy_part,
    scaled_variant,
    variant_id,
)
from pilotlight.template.tracked_metric import cooldowns, followed, read_metric, scale_in_disabled

PER_INSTANCE: Final[dict[metrics.MetricFact, type[Spec]]] = {
    metrics.INVOCATIONS_PER_INSTANCE: InvocationScaling,
    metrics.CONCURRENT_REQUESTS_PER_MODEL: ConcurrencyScaling,
}
UTILIZATIONS: Final = {
    metrics.CPU_UTILIZATION: "cpu",
    metrics.GPU_UTILIZATION: "gpu",
    metrics.GPU_MEMORY_UTILIZATION: "gpu-memory",
}


def variant_scaling(
    resources: Resources, endpoint: Value, variant: str, instance_type: str
) -> AnyScaling | None:
    """Read what scales a variant; None when nothing does.

    Args:
        resources: all of them.
        endpoint: the name of the endpoint.
        variant: the name of the variant.
        instance_type: says how many cores or GPUs a utilisation is summed over.
    """
    scaled = scaled_variant(resources, variant_id(endpoint, variant))
    if scaled is None:
        return None
    dimensions = {"EndpointName": endpoint, "VariantName": variant}
    return tracked(scaled, dimensions, instance_type)


def tracked(
    scaled: ScaledVariant, dimensions: dict[str, Value], instance_type: str, *other: Resource
) -> AnyScaling | None:
    """Read the first policy that follows a metric a fleet knows; without one the clock decides.

    Args:
        scaled: the variant.
        dimensions: of its metrics.
        instance_type: of it.
        other: policies that somebody else reads.
    """
    common = scaled.bounds | {"schedule": scaled.schedule}
    for policy in scaled.of_type(TRACKING):
        configuration = policy.part.part("TargetTrackingScalingPolicyConfiguration")
        fact = followed(configuration, dimensions)
        if policy not in other and configuration is not None and fact in {*PER_INSTANCE, *UTILIZATIONS}:
            policy_part(policy)
            return _policy(scaled, configuration, fact, instance_type, common)
    return by_the_clock(scaled, common)


def by_the_clock(scaled: ScaledVariant, common: dict[str, Any]) -> ScheduleScaling | None:
    """Read a schedule that scales alone; note a target that nothing scales."""
    if not common["schedule"]:
        scaled.resources.notes.note(scaled.target.place, "neither a metric nor the clock scales it")
        return None
    return built(ScheduleScaling, scaled.resources.notes, scaled.target.place, **common)


def _policy(
    scaled: ScaledVariant,
    tracking: Part,
    fact: metrics.MetricFact,
    instance_type: str,
    common: dict[str, Any],
) -> AnyScaling | None:
    read_metric(tracking, fact)
    target = tracking.number("TargetValue")
    cls, said = _what_is_tracked(fact, target, instance_type)
    scaling: Any = built(
        cls,
        scaled.resources.notes,
        tracking.place,
        **common,
        **cooldowns(tracking),
        disable_scale_in=scale_in_disabled(tracking),
        **said,
    )
    return scaling  # type: ignore[no-any-return] # one of AnyScaling


def _what_is_tracked(
    fact: metrics.MetricFact, target: Said[float] | None, instance_type: str
) -> tuple[type[Spec], dict[str, Any]]:
    if fact in PER_INSTANCE:
        return PER_INSTANCE[fact], {"target_per_instance": target}
    metric = UTILIZATIONS[fact]

    def percent(published: float) -> float:
        return percent_of_published(published, metric, instance_type)

    return UtilizationScaling, {
        "metric": metric,
        "target_percent": None if target is None else target.then(percent),
    }
