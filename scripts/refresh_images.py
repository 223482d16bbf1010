"""Writes `pilotlight/catalog/data/images.json` out of a sagemaker-core wheel.

    pip download --no-deps sagemaker-core==2.27.0 -d .
    python -m scripts.refresh_images sagemaker_core-*.whl

The SDK computes a tag when it is asked; here every tag is computed once, by the same rules
(`sagemaker.core.image_uris._get_image_tag`), so that the catalogue only looks up. Left out: images of
Python 2, and the container versions that the SDK adds on p4d to PyTorch 1.6 and TensorFlow 1.15 and 2.3.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from scripts.wheel_archive import one_entry_a_line, packed_on, read_json, requirement

TARGET: Final = Path("pilotlight/catalog/data/images.json")

FRAMEWORKS: Final = {
    "scikit-learn": ("sklearn",),
    "xgboost": ("xgboost",),
    "pytorch": ("pytorch",),
    "tensorflow": ("tensorflow",),
    "huggingface-pytorch": ("huggingface",),
    "huggingface-tensorflow": ("huggingface",),
    "huggingface-tgi": ("huggingface-llm",),
    "huggingface-vllm": ("huggingface-vllm",),
    "huggingface-tei": ("huggingface-tei", "huggingface-tei-cpu"),
    "djl-lmi": ("djl-lmi",),
    "triton": ("sagemaker-tritonserver",),
}
"""Our name of a framework → the SDK's files that hold its images."""

ONE_IMAGE_FOR_ALL_SCOPES: Final = {"sklearn", "xgboost"}
"""The SDK says of these: "Training and inference configs are identical", and looks under training."""

ARM64_TAGS: Final = {
    "xgboost": {"1.5-1": "1.5-1-arm64", "1.3-1": "1.3-1-arm64"},
    "sklearn": {"1.0-1": "1.0-1-arm64-cpu-py3"},
}
"""Written out in the SDK's code, not in its data."""

UNNAMED_GPU: Final = ("sagemaker-tritonserver", "gpu")
"""The SDK: "Triton images don't have a trailing -gpu tag. Only -cpu images do."
"""

MOVING: Final = "latest"
"""An alias that means something else after the next refresh is no version."""


@dataclass
class Images:
    """Collects versions, and the tables of registry accounts that they share."""

    registries: list[dict[str, str]] = field(default_factory=list)
    versions: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def add(self, version: str, processor: str, accounts: dict[str, str], image: str) -> None:
        """Remember the image of a version for a processor."""
        if accounts not in self.registries:
            self.registries.append(accounts)
        self.versions.setdefault(version, {})[processor] = [self.registries.index(accounts), image]


def images_json(wheel: Path) -> str:
    """Give the file: registries once, and per framework its versions and their aliases."""
    registries: list[dict[str, str]] = []
    frameworks = {
        name: _framework(name, [_config(wheel, file) for file in files], Images(registries))
        for name, files in FRAMEWORKS.items()
    }
    head = f'  "source": "{requirement(wheel)}, image_uri_config",\n  "date": "{packed_on(wheel)}",\n'
    accounts = one_entry_a_line({str(i): accounts for i, accounts in enumerate(registries)}, indent="    ")
    body = ",\n".join(f"    {json.dumps(name)}: {_written(entry)}" for name, entry in frameworks.items())
    return f'{{\n{head}  "registries": {accounts},\n  "frameworks": {{\n{body}\n  }}\n}}\n'


def _written(entry: dict[str, Any]) -> str:
    versions = one_entry_a_line(entry["versions"], indent="        ")
    return f'{{\n      "aliases": {json.dumps(entry["aliases"])},\n      "versions": {versions}\n    }}'


def _config(wheel: Path, file: str) -> tuple[str, dict[str, Any]]:
    return file, read_json(wheel, f"sagemaker/core/image_uri_config/{file}.json")


def _framework(name: str, configs: list[tuple[str, dict[str, Any]]], images: Images) -> dict[str, Any]:
    aliases: dict[str, str] = {}
    for file, config in configs:
        scope = config.get("inference", config)
        if file == "huggingface":
            _add_transformers(name.removeprefix("huggingface-"), scope, images)
            continue
        aliases |= scope.get("version_aliases", {})
        for version, processor, accounts, image in _images(file, config, scope):
            images.add(version, processor, accounts, image)
    known = {alias: v for alias, v in aliases.items() if v in images.versions and alias != MOVING}
    return {"aliases": known, "versions": dict(sorted(images.versions.items(), key=_newest_last))}


def _images(
    file: str, config: dict[str, Any], scope: dict[str, Any]
) -> Iterator[tuple[str, str, dict[str, str], str]]:
    versions = scope["versions"] | (
        config["training"]["versions"] if file in ONE_IMAGE_FOR_ALL_SCOPES else {}
    )
    for version, entry in versions.items():
        named = scope.get("processors") or entry.get("processors")
        for processor in named or _unnamed_processors(entry):
            suffix = "" if not named or (file, processor) == UNNAMED_GPU else processor
            if (tag := _tag(version, entry, processor, suffix)) is not None:
                yield version, processor, entry["registries"], f"{entry['repository']}:{tag}"
    for version, entry in config.get("inference_graviton", {}).get("versions", {}).items():
        yield (
            version,
            "arm64",
            entry["registries"],
            f"{entry['repository']}:{_arm64_tag(file, version, entry)}",
        )


def _unnamed_processors(entry: dict[str, Any]) -> list[str]:
    """Tell the processors of an image whose tag names none: it is built for CUDA when its tag says so."""
    return ["gpu"] if re.search(r"-cu\d+", entry.get("tag_prefix", "")) else ["cpu", "gpu"]


def _tag(version: str, entry: dict[str, Any], processor: str, suffix: str) -> str | None:
    pythons = entry.get("py_versions", [""])
    if pythons == ["py2"]:
        return None
    container = entry.get("container_version", {}).get(processor, "")
    parts = (entry.get("tag_prefix", version), suffix, pythons[-1], container)
    return "-".join(part for part in parts if part)


def _arm64_tag(file: str, version: str, entry: dict[str, Any]) -> str:
    if file in ARM64_TAGS:
        return ARM64_TAGS[file][version]
    return "-".join(
        [version, "cpu", entry["py_versions"][-1], entry["container_version"]["cpu"], "sagemaker"]
    )


def _add_transformers(base: str, scope: dict[str, Any], images: Images) -> None:
    """Add the images of Hugging Face transformers on PyTorch or TensorFlow, named as their tags begin."""
    for transformers, bases in scope["versions"].items():
        for name, entry in bases.items():
            if name == "version_aliases" or not name.startswith(base):
                continue
            version = f"{name.removeprefix(base)}-transformers{transformers}"
            for processor, container in entry["container_version"].items():
                tag = f"{version}-{processor}-{entry['py_versions'][-1]}-{container}"
                images.add(version, processor, entry["registries"], f"{entry['repository']}:{tag}")


def _newest_last(item: tuple[str, Any]) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", item[0])]


if __name__ == "__main__":
    TARGET.write_text(images_json(Path(sys.argv[1])), encoding="utf-8")
