"""Knows the instance types that SageMaker hosts on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from pilotlight.catalog.evidence import assumed, documented

LOCAL_NVME_SOURCE: Final = documented(
    "EC2 User Guide, Instance type naming conventions (attribute d) and Instance store volumes"
)
LOCAL_NVME_FAMILIES: Final = frozenset(
    {"g5", "g6", "g6e", "p5", "p5e", "p5en", "trn1", "trn1n", "trn2", "dl1"}
)
"""Families with NVMe disks whose names do not say so with a `d`."""

LOCAL_NVME_ASSUMED_SOURCE: Final = assumed("the generations before them have NVMe disks")
LOCAL_NVME_ASSUMED: Final = frozenset({"g7", "g7e", "p6-b200", "p6-b300", "p6e-gb200"})
"""Families too new for our sources."""


_MIB_PER_GIB: Final = 1024


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One instance type; None means that we have no source for the number."""

    name: str
    vcpus: int | None
    memory_gib: int | None
    accelerators: int | None
    """GPUs, or AWS's own accelerators."""
    local_nvme: bool


def memory_mib(name: str) -> int | None:
    """Give the mebibytes of main memory of an instance; None when we have no source, or know no such type."""
    known = INSTANCE_TYPES.get(name)
    return None if known is None or known.memory_gib is None else known.memory_gib * _MIB_PER_GIB


def family_of(name: str) -> str:
    """Give the family of an instance type: `g5` of `ml.g5.xlarge`."""
    return name.removeprefix("ml.").rpartition(".")[0]


def has_local_nvme(name: str) -> bool:
    """Tell whether the instances carry NVMe disks, which the hardware encrypts and a KMS key does not."""
    family = family_of(name)
    return "d" in _attributes(family) or family in LOCAL_NVME_FAMILIES | LOCAL_NVME_ASSUMED


def processor_of(name: str) -> str:
    """Tell what an image must be built for: `cpu`, `gpu`, `arm64`, `neuron`, `neuronx` or `dl`.

    The rule by the first letters is that of sagemaker-core 2.27.0 (`image_uris._processor`); a `g` after the
    generation means Graviton (EC2 User Guide, Instance type naming conventions). Inf1 has first-generation
    NeuronCores, which take builds of their own (AWS Neuron documentation, PyTorch Support on Neuron).
    """
    family = family_of(name)
    if special := re.match("inf|trn|dl", family):
        return "dl" if special[0] == "dl" else "neuron" if family == "inf1" else "neuronx"
    if family.startswith(("g", "p")):
        return "gpu"
    return "arm64" if "g" in _attributes(family) else "cpu"


def _attributes(family: str) -> str:
    """Give the letters after the generation: `gd` of `r7gd`."""
    match = re.match("[a-z]+[0-9]+([a-z]*)", family)
    return match[1] if match else ""


def _read() -> Mapping[str, InstanceType]:
    text = files("pilotlight.catalog").joinpath("data/instance_types.json").read_text(encoding="utf-8")
    rows = json.loads(text)["types"]
    return {
        name: InstanceType(name, vcpus, memory_gib, accelerators, has_local_nvme(name))
        for name, (vcpus, memory_gib, accelerators) in rows.items()
    }


INSTANCE_TYPES: Final = _read()
"""Every instance type by its name, as `ml.m5.large`."""
