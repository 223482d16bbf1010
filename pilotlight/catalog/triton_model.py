"""Holds what Triton's model repository looks like: files, backends, data types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pilotlight.catalog.evidence import Source, assumed, documented

MODEL_CONFIG: Final = documented("Triton Inference Server, model_config.proto (2018-2024)")
"""The source of the words below."""

CONFIG_FILE: Final = "config.pbtxt"
VERSION: Final = "1"
"""The version folder of a packaged model; Triton serves the newest version, and an archive holds one."""

ENSEMBLE: Final = "ensemble"
"""The platform of a model that only passes tensors on between other models."""

DATA_TYPES: Final = (
    "BOOL",
    "UINT8",
    "UINT16",
    "UINT32",
    "UINT64",
    "INT8",
    "INT16",
    "INT32",
    "INT64",
    "FP16",
    "FP32",
    "FP64",
    "STRING",
    "BF16",
)
"""What a configuration writes behind TYPE_; a request says BYTES for STRING."""

INT32_MAXIMUM: Final = 2**31 - 1
"""The largest batch, count or number of a GPU: a configuration says them as int32 (MODEL_CONFIG)."""

ANY_SIZE: Final = -1
"""A dimension that is as long as each request makes it."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A way in which Triton runs a model.

    Attributes:
        file: the file that the version folder must hold, unless the configuration names another.
        runs_locally: whether the Triton of the embedded AWS has it.
    """

    file: str
    runs_locally: bool
    source: Source


BACKENDS: Final[Mapping[str, Backend]] = {
    "python": Backend("model.py", True, documented("Triton, Python backend, README")),
    "pytorch": Backend("model.pt", False, documented("Triton, Model Repository, TorchScript Models")),
    "onnxruntime": Backend("model.onnx", False, documented("Triton, Model Repository, ONNX Models")),
}

PYTHON_MODEL_CLASS: Final = "TritonPythonModel"
PYTHON_MODEL_METHOD: Final = "execute"
"""What the Python backend looks for in model.py; `initialize` and `finalize` may be missing."""

UNIQUE_NAMES: Final = assumed(
    "seen with nvidia-pytriton 0.7.0: only the folder of the ensemble is renamed to the target model; its "
    "steps keep their names, and a second archive with a step of the same name does not load"
)
"""Why a packaged step is called after its content."""
