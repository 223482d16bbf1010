"""Knows the machine images that instances may start with, and which containers need one of the newer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pilotlight.catalog.evidence import Source, documented, field

PRODUCTION_VARIANT: Final[Source] = documented("botocore 1.43.106, ProductionVariant.InferenceAmiVersion")


@dataclass(frozen=True, slots=True)
class InferenceAmi:
    """One version: what its driver is for.

    Attributes:
        processor: what instances must have, as `processor_of` calls it.
        driver: of NVIDIA, or of Neuron.
        cuda: the version of CUDA; None for Neuron.
    """

    processor: str
    driver: str
    cuda: str | None


AMIS: Final[Mapping[str, InferenceAmi]] = MappingProxyType(
    {
        "al2-ami-sagemaker-inference-gpu-2": InferenceAmi("gpu", "535", "12.2"),
        "al2-ami-sagemaker-inference-gpu-2-1": InferenceAmi("gpu", "535", "12.2"),
        "al2-ami-sagemaker-inference-gpu-3-1": InferenceAmi("gpu", "550", "12.4"),
        "al2-ami-sagemaker-inference-neuron-2": InferenceAmi("neuronx", "2.19", None),
        "al2023-ami-sagemaker-inference-gpu-4-1": InferenceAmi("gpu", "580", "13.0"),
    }
)
"""Every version by its name, as PRODUCTION_VARIANT has them."""


@dataclass(frozen=True, slots=True)
class AmiNeed:
    """Says that images with a word in their tag do not start on what SageMaker takes by itself."""

    word: str
    versions: tuple[str, ...]
    source: Source


NEEDS: Final = (
    AmiNeed(
        "cu130",
        ("al2-ami-sagemaker-inference-gpu-3-1", "al2023-ami-sagemaker-inference-gpu-4-1"),
        field("aws/sagemaker-python-sdk pull request 6281 and deployments of vLLM's images, 2026"),
    ),
)
"""Evidence is of the images with vLLM; all with the word are taken to be like them."""


def need_of(image: str) -> AmiNeed | None:
    """Tell what an image needs, by the words of its tag; None when SageMaker's own choice is fine."""
    words = image.rpartition(":")[2].split("-")
    return next((each for each in NEEDS if each.word in words), None)
