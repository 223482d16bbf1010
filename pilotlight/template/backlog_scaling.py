"""Reads how an asynchronous endpoint follows its backlog, falls asleep and wakes."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog import metrics
from pilotlight.spec import BacklogScaling
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.resource import Resources
from pilotlight.template.said import Said, built
from pilotlight.template.scalable_target import (
    TRACKING,
    ScaledVariant,
    policy_part,
    scaled_variant,
    variant_id,
)
from pilotlight.template.tracked_metric import cooldowns, followed, read_metric
from pilotlight.template.waking import waking


def backlog_scaling(
    resources: Resources, endpoint: Value, variant: str, count: Said[int] | None
) -> BacklogScaling | None:
    """Read the scaling of an asynchronous endpoint; one that nothing scales keeps its number of instances.

    Args:
        resources: all of them.
        endpoint: the name of the endpoint.
        variant: the name of its variant.
        count: the instances it starts with.
    """
    scaled = scaled_variant(resources, variant_id(endpoint, variant))
    if scaled is None:
        return None if count is None else _constant(resources, count)
    return built(
        BacklogScaling,
        resources.notes,
        scaled.target.place,
        **scaled.bounds,
        **_tracking(scaled, {"EndpointName": endpoint, "VariantName": variant}),
        wake_cooldown=_wake(scaled, endpoint),
    )


def _constant(resources: Resources, count: Said[int]) -> BacklogScaling | None:
    return built(BacklogScaling, resources.notes, count.place, min_capacity=count, max_capacity=count)


def _tracking(scaled: ScaledVariant, dimensions: dict[str, Value]) -> dict[str, Any]:
    for policy in scaled.of_type(TRACKING):
        tracking = policy.part.part("TargetTrackingScalingPolicyConfiguration")
        fact = followed(tracking, dimensions)
        if tracking is not None and fact == metrics.APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE:
            policy_part(policy)
            read_metric(tracking, fact)
            tracking.only("DisableScaleIn", None, False)
            return {"target_per_instance": tracking.number("TargetValue"), **cooldowns(tracking)}
    scaled.resources.notes.note(scaled.target.place, "no policy follows the backlog per instance")
    return {}


def _wake(scaled: ScaledVariant, endpoint: Value) -> Said[Any] | None:
    """Read what adds the first instance; note an endpoint that sleeps and that nothing wakes."""
    fact = metrics.HAS_BACKLOG_WITHOUT_CAPACITY
    cooldown = waking(scaled, fact, {"EndpointName": endpoint}, "Average")
    if cooldown is None and scaled.target.part.look("MinCapacity") in (0, "0"):
        scaled.target.part.note("MinCapacity", "nothing wakes the endpoint once it has no instance")
    return cooldown
