"""Knows how much memory an instance has for the models it loads: that of its one GPU, or its main memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pilotlight.catalog.evidence import assumed, field
from pilotlight.catalog.instance_types import family_of, memory_mib, processor_of

GPU_MEMORY_SOURCE: Final = field("sagemaker-core 2.27.0, instance_gpu_info.json; A10G: what the driver shows")
GPU_MEMORY_ASSUMED_SOURCE: Final = assumed("the nominal memory of the K80's half and of the V100")

GPU_MEMORY_MIB: Final[Mapping[str, int]] = {"g4dn": 16384, "g5": 22888, "p2": 12288, "p3": 16384}
"""Mebibytes of one GPU, by the families that host many models."""


def model_memory_mib(instance_type: str) -> int | None:
    """Give the mebibytes for models on one instance; None when we have no source.

    All of it counts, though the container and the driver need some (assumed).
    """
    if processor_of(instance_type) == "gpu":
        return GPU_MEMORY_MIB.get(family_of(instance_type))
    return memory_mib(instance_type)
