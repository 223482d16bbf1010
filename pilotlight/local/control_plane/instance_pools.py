"""Which pool of instances a production variant takes here: the one that SageMaker tries first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def on_first_pool(variant: Mapping[str, Any]) -> Mapping[str, Any]:
    """The variant on the instances, and with the model, of its pool of the lowest priority.

    SageMaker tries the next pool when it finds no such instances; here there are always some.
    """
    pools = variant.get("InstancePools", ())
    if not pools:
        return variant
    first = min(pools, key=lambda each: each["Priority"])
    model = {"ModelName": first["ModelNameOverride"]} if "ModelNameOverride" in first else {}
    return {**variant, "InstanceType": first["InstanceType"], **model}
