"""Knows how much of an instance inference components may reserve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pilotlight.catalog.evidence import assumed, field
from pilotlight.catalog.inference_components import SCALE_TO_ZERO_MEASURED
from pilotlight.catalog.instance_types import memory_mib

REFUSED_SOURCE: Final = field(
    f"{SCALE_TO_ZERO_MEASURED}: an ml.g5.xlarge of 16 GiB took a component of 1024 MB and refused 4096 MB"
)
REFUSED_MIB: Final[Mapping[str, int]] = {"ml.g5.xlarge": 4096}
"""Mebibytes that an instance of the type was seen to refuse."""

SCHEDULABLE_SHARE: Final = 0.75
SCHEDULABLE_SHARE_SOURCE: Final = assumed(
    "AWS does not say what of an instance's memory components may reserve; three quarters is generous, as "
    "the one measured type gives less than one"
)
"""Applies to the types that nobody measured; an endpoint's `schedulable_memory` says it better."""


def schedulable_memory_mib(instance_type: str) -> int | None:
    """Give the most mebibytes that copies on one instance may reserve; None when its memory is unknown."""
    if (refused := REFUSED_MIB.get(instance_type)) is not None:
        return refused - 1
    memory = memory_mib(instance_type)
    return None if memory is None else round(memory * SCHEDULABLE_SHARE)
