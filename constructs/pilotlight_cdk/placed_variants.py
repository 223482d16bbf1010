"""Brings together what is said about the variants of a real-time endpoint and what runs on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pilotlight.catalog.naming import SHADOW_VARIANT_NAME, VARIANT_NAME
from pilotlight.spec import RealtimeSpec
from pilotlight_cdk.instance_pool import InstancePool
from pilotlight_cdk.model import Model
from pilotlight_cdk.placed_variant import PlacedVariant
from pilotlight_cdk.variant import ShadowVariant, Variant


def placed_variants(
    spec: RealtimeSpec,
    model: Model,
    pools: Sequence[InstancePool],
    variants: Mapping[str, Variant],
    shadow: ShadowVariant | None,
) -> dict[str, PlacedVariant]:
    """Give every variant by its name, the endpoint's own first and its shadow last. Raises FleetRefused."""
    placed = {VARIANT_NAME: PlacedVariant(spec, model, pools)}
    for name, said in spec.variants.items():
        own = variants[name].model
        placed[name] = PlacedVariant(own.with_time_to_load(said), own, variants[name].instance_pools)
    if spec.shadow_variant is not None and shadow is not None:
        timed = shadow.model.with_time_to_load(spec.shadow_variant)
        placed[SHADOW_VARIANT_NAME] = PlacedVariant(timed, shadow.model, shadow.instance_pools)
    for each in placed.values():
        each.refuse_unfit_images()
    return placed
