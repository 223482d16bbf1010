"""Reads the instance types of a variant: one, or several to fall back to."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.spec import InstancePoolSpec
from pilotlight.spec.instance_pool import OWN_PRIORITY
from pilotlight.template.hosted_endpoint import MODEL
from pilotlight.template.model_container import model_of
from pilotlight.template.part import Part
from pilotlight.template.resource import Resources
from pilotlight.template.said import Said, built

POOLS: Final = "InstancePools"


def own_type(variant: Part, key: str) -> Said[Any] | None:
    """Read the type of a variant, or of the pool that is tried first; the other pools stay unread."""
    if variant.look(POOLS) is None:
        return variant.text(key)
    first = _first(variant)
    if first is None:
        variant.note(POOLS, "no pool has priority 1")
        return None
    first.leave("Priority")
    return first.text("InstanceType")


def instance_pools(resources: Resources, variant: Part) -> list[InstancePoolSpec]:
    """Read the pools after the first, with the models that they have of their own."""
    first = _first(variant)
    pools = (_pool(resources, each) for each in variant.parts(POOLS) if each is not first)
    return [pool for pool in pools if pool is not None]


def _first(variant: Part) -> Part | None:
    pools = variant.parts(POOLS)
    return next((each for each in pools if str(each.look("Priority")) == str(OWN_PRIORITY)), None)


def _pool(resources: Resources, pool: Part) -> InstancePoolSpec | None:
    model, named = None, pool.raw("ModelNameOverride")
    if named is not None:
        found = resources.find(named, MODEL, "ModelName")
        if found is None:
            pool.note("ModelNameOverride", "no template at hand has this model")
        model = model_of(resources, found)
    return built(
        InstancePoolSpec,
        resources.notes,
        pool.place,
        instance_type=pool.text("InstanceType"),
        priority=pool.whole("Priority"),
        model=model,
    )
