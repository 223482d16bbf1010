"""Stands in for what Triton gives a Python model: as little of it as the examples use."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass
class Tensor:
    """A named array."""

    name: str
    array: Array

    def as_numpy(self) -> Array:
        """As Triton's own tensors."""
        return self.array


@dataclass
class Response:
    """The outputs of a request."""

    tensors: list[Tensor]


def backend() -> ModuleType:
    """The module that models import inside of Triton. A request is a mapping of arrays."""
    module = ModuleType("triton_python_backend_utils")
    vars(module).update(Tensor=Tensor, InferenceResponse=Response, get_input_tensor_by_name=_input)
    return module


def _input(request: dict[str, Array], name: str) -> Tensor | None:
    return Tensor(name, request[name]) if name in request else None


def load_model(file: Path, monkeypatch: Any) -> ModuleType:
    """Import a model.py as Triton does: alone, under a name of its own."""
    monkeypatch.setitem(sys.modules, "triton_python_backend_utils", backend())
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location(f"triton_{file.parent.name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def arguments(version: Path, *, kind: str = "CPU", **parameters: str) -> dict[str, str]:
    """What `initialize` is told; `version` is the version folder."""
    config = {"parameters": {name: {"string_value": value} for name, value in parameters.items()}}
    return {
        "model_repository": str(version.parent),
        "model_version": version.name,
        "model_instance_kind": kind,
        "model_instance_device_id": "0",
        "model_config": json.dumps(config),
    }


def texts(*values: str) -> Array:
    """A tensor of strings as Triton passes it: an array of bytes."""
    return np.array([value.encode() for value in values], dtype=np.object_)
