"""Writes `pilotlight/catalog/data/images.json` out of a sagemaker-core wheel.

    pip download --no-deps sagemaker-core==2.27.0 -d .
    python -m scripts.refresh_images sagemaker_core-*.whl

The SDK computes a tag when it is asked; here every tag is computed once, by the same rules
(`sagemaker.core.image_uris._get_image_tag`), so that the catalogue only looks up. Left out: images of
Python 2, the container versions that the SDK adds on p4d to MXNet 1.8, PyTorch 1.6 and TensorFlow 1.15 and
2.3, and `vllm-server` and `sglang-server`, whose versions count releases of the image and name no software.
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
    "mxnet": ("mxnet",),
    "huggingface-pytorch": ("huggingface", "huggingface-neuron", "huggingface-neuronx"),
    "huggingface-tensorflow": ("huggingface",),
    "huggingface-tgi": ("huggingface-llm",),
    "huggingface-tgi-neuronx": ("huggingface-llm-neuronx",),
    "huggingface-vllm": ("huggingface-vllm",),
    "huggingface-vllm-neuronx": ("huggingface-vllm-neuronx",),
    "huggingface-sglang": ("huggingface-sglang",),
    "huggingface-tei": ("huggingface-tei", "huggingface-tei-cpu"),
    "djl-lmi": ("djl-lmi", "djl-neuronx"),
    "djl-tensorrtllm": ("djl-tensorrtllm",),
    "djl-deepspeed": ("djl-deepspeed",),
    "vllm": ("vllm",),
    "sglang": ("sglang",),
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

TRANSFORMERS: Final = {"huggingface": "", "huggingface-neuron": "neuron", "huggingface-neuronx": "neuronx"}
"""Files of Hugging Face transformers on PyTorch or TensorFlow → the Neuron SDK they are built with."""

NEURONX: Final = {"huggingface-llm-neuronx", "huggingface-vllm-neuronx"}
"""Files that the SDK asks with `inference_tool="neuronx"`, whatever they call the processor."""

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
        if file in TRANSFORMERS:
            aliases |= _add_transformers(name.removeprefix("huggingface-"), file, scope, images)
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
    for version, entries in versions.items():
        entry = _of_python_3(entries)
        named = scope.get("processors") or entry.get("processors")
        for processor in named or _unnamed_processors(entry):
            built_for = "neuronx" if file in NEURONX else processor
            suffix = "" if not named or (file, processor) == UNNAMED_GPU else built_for
            if (tag := _tag(version, entry, processor, suffix)) is not None:
                yield version, built_for, entry["registries"], f"{entry['repository']}:{tag}"
    for version, entry in config.get("inference_graviton", {}).get("versions", {}).items():
        yield (
            version,
            "arm64",
            entry["registries"],
            f"{entry['repository']}:{_arm64_tag(file, version, entry)}",
        )


def _of_python_3(entry: dict[str, Any]) -> dict[str, Any]:
    """Take the part for Python 3 of an entry that keeps its Pythons apart."""
    return {**entry["py3"], "py_versions": ["py3"]} if "py3" in entry else entry


def _unnamed_processors(entry: dict[str, Any]) -> list[str]:
    """Tell the processors of an image whose tag names none: it is built for what the rest of its tag says."""
    prefix = entry.get("tag_prefix", "")
    if "-neuronx-" in prefix:
        return ["neuronx"]
    return ["gpu"] if re.search(r"-cu\d+", prefix) else ["cpu", "gpu"]


def _tag(version: str, entry: dict[str, Any], processor: str, suffix: str) -> str | None:
    pythons = entry.get("py_versions", [""])
    if pythons == ["py2"]:
        return None
    container = entry.get("container_version", {}).get(processor, "")
    neuron = max(entry.get("sdk_versions", [""]))
    parts = (entry.get("tag_prefix", version), suffix, pythons[-1], neuron, container)
    return "-".join(part for part in parts if part)


def _arm64_tag(file: str, version: str, entry: dict[str, Any]) -> str:
    if file in ARM64_TAGS:
        return ARM64_TAGS[file][version]
    return "-".join(
        [version, "cpu", entry["py_versions"][-1], entry["container_version"]["cpu"], "sagemaker"]
    )


def _add_transformers(base: str, file: str, scope: dict[str, Any], images: Images) -> dict[str, str]:
    """Add the images of Hugging Face transformers on PyTorch or TensorFlow, named as their tags begin.

    Returns their aliases: `2.6-transformers4.49` is `2.6.0-transformers4.49.0`.
    """
    aliases: dict[str, str] = {}
    of_transformers = scope.get("version_aliases", {})
    for transformers, bases in scope["versions"].items():
        shorts = [transformers, *(short for short, full in of_transformers.items() if full == transformers)]
        of_bases = bases.get("version_aliases", {})
        for name, entry in bases.items():
            if name == "version_aliases" or not name.startswith(base):
                continue
            version = f"{name.removeprefix(base)}-transformers{transformers}"
            for built_for, tag in _transformers_tags(version, file, entry):
                images.add(version, built_for, entry["registries"], f"{entry['repository']}:{tag}")
            names = [name, *(short for short, full in of_bases.items() if full == name)]
            pairs = ((each.removeprefix(base), short) for each in names for short in shorts)
            aliases |= {f"{each}-transformers{short}": version for each, short in pairs}
    return {alias: version for alias, version in aliases.items() if alias != version}


def _transformers_tags(version: str, file: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what the images of one version are built for, and their tags."""
    for processor, container in entry["container_version"].items():
        built_for = TRANSFORMERS[file] or processor
        neuron = max(entry.get("sdk_versions", [""]))
        parts = (version, built_for, entry["py_versions"][-1], neuron, container)
        yield built_for, "-".join(part for part in parts if part)


def _newest_last(item: tuple[str, Any]) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", item[0])]


if __name__ == "__main__":
    TARGET.write_text(images_json(Path(sys.argv[1])), encoding="utf-8")
