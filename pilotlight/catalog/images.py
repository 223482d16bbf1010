"""Knows the container images that AWS publishes for hosting: framework and version → URI in a region."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.regions import partition_of

ALIASES: Final = {
    "sklearn": "scikit-learn",
    "huggingface": "huggingface-pytorch",
    "huggingface-llm": "huggingface-tgi",
    "huggingface-llm-neuronx": "huggingface-tgi-neuronx",
    "lmi": "djl-lmi",
    "sagemaker-tritonserver": "triton",
    "tei": "huggingface-tei",
    "tgi": "huggingface-tgi",
}
"""What the SageMaker SDK or a habit calls a framework → what Pilotlight calls it."""


class UnknownImage(LookupError):  # noqa: N818 (its name says what happened)
    """AWS publishes no such image, as far as the catalogue knows; `allowed` lists what there is.

    UnknownImage
     ├─ UnknownFramework
     ├─ UnknownVersion
     ├─ WrongProcessor    the version exists, but is not built for the instance type
     └─ WrongRegion       the version exists, but not there
    """

    def __init__(self, what: str, got: str, allowed: tuple[str, ...]) -> None:
        super().__init__(f"{what}, got {got}, allowed {', '.join(allowed)}")
        self.what, self.got, self.allowed = what, got, allowed


class UnknownFramework(UnknownImage):
    """The catalogue has no images of this framework."""


class UnknownVersion(UnknownImage):
    """The framework has no such version."""


class WrongProcessor(UnknownImage):
    """The image is not built for the processors of the instance type."""


class WrongRegion(UnknownImage):
    """The image is not published in the region."""


def frameworks() -> tuple[str, ...]:
    """List the frameworks by the names that a fleet file uses."""
    return tuple(_data()["frameworks"])


def canonical(framework: str) -> str:
    """Give Pilotlight's name of a framework for any name it goes by."""
    return ALIASES.get(framework, framework)


def framework_versions(framework: str) -> tuple[str, ...]:
    """List the full versions of a framework, oldest first. Raises UnknownFramework."""
    return tuple(_framework(framework)["versions"])


def framework_processors(framework: str, version: str) -> tuple[str, ...]:
    """List what an image is built for: `cpu`, `gpu`, `arm64`, `neuron`, `neuronx`.

    Raises UnknownFramework or UnknownVersion.
    """
    return tuple(_version(framework, version))


def framework_image(framework: str, version: str, region: str, instance_type: str | None) -> str:
    """Give the URI of AWS's image for a framework; a short version means its newest full one.

    Without an instance type it is the build for CPUs, which is what runs where SageMaker chooses.
    Raises UnknownImage, or LookupError when AWS has no such region.
    """
    registry, image = _build(framework, version, instance_type)
    accounts = _data()["registries"][str(registry)]
    if region not in accounts:
        raise WrongRegion(
            f"{framework} {version} has no image in this region", region, tuple(sorted(accounts))
        )
    return f"{accounts[region]}.dkr.ecr.{region}.{partition_of(region).dns_suffix}/{image}"


def framework_build(framework: str, version: str, instance_type: str | None) -> str:
    """Give the `repository:tag` of AWS's image, which is the same in every region. Raises UnknownImage."""
    return _build(framework, version, instance_type)[1]


def processors_of_image(uri: str) -> tuple[str, ...]:
    """List what an image of AWS's is built for; empty when the catalogue does not know the image."""
    return _builds().get(uri.partition("/")[2], ())


def _build(framework: str, version: str, instance_type: str | None) -> tuple[Any, str]:
    images = _version(framework, version)
    processor = "cpu" if instance_type is None else processor_of(instance_type)
    if processor not in images:
        what = f"{framework} {version} has no image for {processor} instances"
        raise WrongProcessor(what, instance_type or "no instance type", tuple(images))
    registry, image = images[processor]
    return registry, str(image)


def _framework(framework: str) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = _data()["frameworks"]
    try:
        return known[canonical(framework)]
    except KeyError:
        raise UnknownFramework("unknown framework", framework, frameworks()) from None


def _version(framework: str, version: str) -> dict[str, Any]:
    entry = _framework(framework)
    try:
        images: dict[str, Any] = entry["versions"][entry["aliases"].get(version, version)]
    except KeyError:
        what = f"{framework} has no such version"
        raise UnknownVersion(what, version, framework_versions(framework)) from None
    return images


@cache
def _builds() -> dict[str, tuple[str, ...]]:
    """Give the processors of each image by its repository and tag."""
    builds: dict[str, tuple[str, ...]] = {}
    for framework in _data()["frameworks"].values():
        for processors in framework["versions"].values():
            for processor, (_, image) in processors.items():
                builds[image] = (*builds.get(image, ()), processor)
    return builds


@cache
def _data() -> dict[str, Any]:
    text = files("pilotlight.catalog").joinpath("data/images.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
