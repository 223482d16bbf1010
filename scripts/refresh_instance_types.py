"""Writes `pilotlight/catalog/data/instance_types.json` out of three wheels.

    pip download --no-deps botocore==1.44.5 sagemaker-hyperpod==3.12.0 sagemaker-core==2.27.0 -d .
    python -m scripts.refresh_instance_types botocore-*.whl sagemaker_hyperpod-*.whl sagemaker_core-*.whl

botocore knows the names, sagemaker-hyperpod the sizes of some, sagemaker-core the GPUs of a few more. What
none of them knows stays null: general knowledge is no source.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any, Final

from pilotlight.catalog.instance_types import processor_of
from scripts.wheel_archive import one_entry_a_line, packed_on, read_json, read_text, requirement

TARGET: Final = Path("pilotlight/catalog/data/instance_types.json")

Row = tuple[int | None, int | None, int | None]


def instance_types_json(botocore: Path, hyperpod: Path, core: Path) -> str:
    """Give the file: per instance type vCPUs, memory in GiB and accelerators."""
    sizes, gpus = _sizes(hyperpod), _gpus(core)
    types = {name: _row(name, sizes, gpus) for name in _names(botocore)}
    source = f"names: {requirement(botocore)}; sizes: {requirement(hyperpod)}; GPUs: {requirement(core)}"
    date = max(packed_on(wheel) for wheel in (botocore, hyperpod, core))
    return (
        f'{{\n  "source": "{source}",\n  "date": "{date}",\n'
        f'  "columns": ["vcpus", "memory_gib", "accelerators"],\n'
        f'  "types": {one_entry_a_line(types, indent="    ")}\n}}\n'
    )


def _names(botocore: Path) -> list[str]:
    shapes = read_json(botocore, "botocore/data/sagemaker/2017-07-24/service-2.json.gz")["shapes"]
    names: list[str] = shapes["ProductionVariantInstanceType"]["enum"]
    return names


def _sizes(hyperpod: Path) -> dict[str, Any]:
    module = ast.parse(read_text(hyperpod, "sagemaker/hyperpod/training/constants.py"))
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "INSTANCE_RESOURCES":
            sizes: dict[str, Any] = ast.literal_eval(node.value)
            return sizes
    raise LookupError("no INSTANCE_RESOURCES in the wheel")


def _gpus(core: Path) -> dict[str, int]:
    info = read_json(core, "sagemaker/core/image_uri_config/instance_gpu_info.json")["us-east-1"]
    return {name: entry["Count"] for name, entry in info.items()}


def _row(name: str, sizes: dict[str, Any], gpus: dict[str, int]) -> Row:
    if name in sizes:
        size = sizes[name]
        return size["cpu"], size["memory"], size["gpu"] + size["trainium"]
    without_accelerator = 0 if processor_of(name) in {"cpu", "arm64"} else None
    return None, None, gpus.get(name, without_accelerator)


if __name__ == "__main__":
    TARGET.write_text(instance_types_json(*map(Path, sys.argv[1:4])), encoding="utf-8")
