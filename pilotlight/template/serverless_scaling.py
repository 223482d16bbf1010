"""Reads how the provisioned concurrency of a serverless endpoint grows and shrinks."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.catalog.scaling import CONCURRENCY_DIMENSION
from pilotlight.catalog.serverless import PROVISIONED_CONCURRENCY_UTILIZATION
from pilotlight.spec import AnyServerlessScaling, ProvisionedConcurrencyScaling
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.realtime_alarms import percent
from pilotlight.template.resource import Resources
from pilotlight.template.said import built
from pilotlight.template.scalable_target import (
    TRACKING,
    ScaledVariant,
    policy_part,
    scaled_variant,
    variant_id,
)
from pilotlight.template.tracked_metric import cooldowns, followed, read_metric, scale_in_disabled
from pilotlight.template.variant_scaling import by_the_clock


def serverless_scaling(
    resources: Resources, endpoint: Value, variant: str = VARIANT_NAME
) -> AnyServerlessScaling | None:
    """Read what scales the provisioned concurrency; None when nothing does.

    Args:
        resources: all of them.
        endpoint: the name of the endpoint.
        variant: the name of its variant.
    """
    scaled = scaled_variant(resources, variant_id(endpoint, variant), CONCURRENCY_DIMENSION)
    if scaled is None:
        return None
    common = scaled.bounds | {"schedule": scaled.schedule}
    dimensions = {"EndpointName": endpoint, "VariantName": variant}
    for policy in scaled.of_type(TRACKING):
        tracking = policy.part.part("TargetTrackingScalingPolicyConfiguration")
        if tracking is not None and (followed(tracking, dimensions) == PROVISIONED_CONCURRENCY_UTILIZATION):
            policy_part(policy)
            return _tracked(scaled, tracking, common)
    return by_the_clock(scaled, common)


def _tracked(
    scaled: ScaledVariant, tracking: Part, common: dict[str, Any]
) -> ProvisionedConcurrencyScaling | None:
    _note_unsaid_cooldowns(tracking)
    read_metric(tracking, PROVISIONED_CONCURRENCY_UTILIZATION)
    share = tracking.number("TargetValue")
    return built(
        ProvisionedConcurrencyScaling,
        scaled.resources.notes,
        tracking.place,
        **common,
        **cooldowns(tracking),
        disable_scale_in=scale_in_disabled(tracking),
        target_percent=None if share is None else share.then(percent),
    )


def _note_unsaid_cooldowns(tracking: Part) -> None:
    """Note that nobody knows how long Application Auto Scaling waits unless it is told."""
    for key in ("ScaleInCooldown", "ScaleOutCooldown"):
        if tracking.look(key) is None:
            tracking.note(key, "AWS does not publish its default for provisioned concurrency: read as 300 s")
