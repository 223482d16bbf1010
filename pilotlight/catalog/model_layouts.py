"""Knows what the images of each framework expect inside a model directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pilotlight.catalog.evidence import Source, documented
from pilotlight.catalog.images import canonical


class Layout(StrEnum):
    """Sorts the images by what they look for."""

    SCRIPT = "script"
    """A script with functions, in the code folder."""
    SAVED_MODEL = "saved-model"
    """TensorFlow's SavedModel below a number."""
    REPOSITORY = "repository"
    """A model repository of Triton."""
    LMI = "lmi"
    """What DJL Serving takes: its own properties, or weights of Hugging Face."""
    WEIGHTS = "weights"
    """Weights of Hugging Face, and no code."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the images of a framework look for.

    Attributes:
        layout: which sort it is.
        source: who says so.
        instead: files at the root, in fnmatch patterns, that the image loads without a function of the
            script; empty when the script must load the model.
    """

    layout: Layout
    source: Source
    instead: tuple[str, ...] = ()


_TOOLKIT: Final = documented("sagemaker-inference-toolkit, README, Implement an inference handler")
_SERVING: Final = documented("SageMaker Python SDK, Deploying to TensorFlow Serving Endpoints")
_WEIGHTS: Final = documented("Hugging Face Transformers, save_pretrained")
_TRITON: Final = documented("Triton Inference Server, User Guide, Model Repository")
_LMI: Final = documented("DJL Serving, LMI, Model Artifacts, and Container and Model Configurations")

_ON_WEIGHTS: Final = Expectation(Layout.WEIGHTS, _WEIGHTS)
_WITH_DJL: Final = Expectation(Layout.LMI, _LMI)
_TRANSFORMERS: Final = Expectation(Layout.SCRIPT, _TOOLKIT, ("config.json",))

EXPECTATIONS: Final[Mapping[str, Expectation]] = MappingProxyType(
    {
        "djl-deepspeed": _WITH_DJL,
        "djl-lmi": _WITH_DJL,
        "djl-tensorrtllm": _WITH_DJL,
        "huggingface-pytorch": _TRANSFORMERS,
        "huggingface-sglang": _ON_WEIGHTS,
        "huggingface-tei": _ON_WEIGHTS,
        "huggingface-tensorflow": _TRANSFORMERS,
        "huggingface-tgi": _ON_WEIGHTS,
        "huggingface-tgi-neuronx": _ON_WEIGHTS,
        "huggingface-vllm": _ON_WEIGHTS,
        "huggingface-vllm-neuronx": _ON_WEIGHTS,
        "mxnet": Expectation(Layout.SCRIPT, _TOOLKIT, ("model-symbol.json",)),
        "pytorch": Expectation(Layout.SCRIPT, _TOOLKIT, ("*.pt", "*.pth")),
        "scikit-learn": Expectation(Layout.SCRIPT, _TOOLKIT),
        "sglang": _ON_WEIGHTS,
        "tensorflow": Expectation(Layout.SAVED_MODEL, _SERVING),
        "triton": Expectation(Layout.REPOSITORY, _TRITON),
        "vllm": _ON_WEIGHTS,
        "xgboost": Expectation(Layout.SCRIPT, _TOOLKIT),
    }
)
"""Framework → what its images look for; one for each framework of the catalogue."""

CONFIGURATIONS: Final = ("config.json", "params.json")
"""Files that say what weights are: of Hugging Face, and of Mistral."""

WEIGHTS: Final = ("*.safetensors", "*.bin", "*.pt", "*.pth", "*.gguf", "*.onnx")
"""Files that are weights, at the root or below."""

OF_DJL: Final = ("serving.properties", "model.py", "config.json", "params.json")
"""Files at the root that DJL Serving starts with."""


def expectation_of(framework: str) -> Expectation:
    """Give what the images of a framework look for, by any name of the framework."""
    return EXPECTATIONS[canonical(framework)]


def runs_code(framework: str) -> bool:
    """Tell whether the images of a framework run code that the model brings."""
    return expectation_of(framework).layout is not Layout.WEIGHTS
