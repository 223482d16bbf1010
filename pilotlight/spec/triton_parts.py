"""What can be read of a description, faults and all, so that every rule finds its faults in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.triton_model import TritonModelSpec
from pilotlight.spec.triton_step import Inputs, Outputs, TritonStep
from pilotlight.spec.triton_tensor import InputTensor, Tensor

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class TritonParts:
    """The parts of a description that are right by themselves.

    Attributes:
        input: of the ensemble; None when there is none, or a faulty one.
        output: as `input`.
        max_batch_size: None when it is faulty.
        steps: that are right.
        whole: nothing is missing here because it is faulty, so that absence can be told as a fault.
        is_ensemble: whether tensors are passed on between steps.
    """

    input: Mapping[str, InputTensor] | None
    output: Mapping[str, Tensor] | None
    max_batch_size: int | None
    steps: Mapping[str, TritonStep] = field(default_factory=dict)
    whole: bool = True
    is_ensemble: bool = False


def parts_of_spec(model: TritonModelSpec) -> TritonParts:
    """Take a model apart that is right so far."""
    return TritonParts(
        model.input, model.output, model.max_batch_size, model.steps, is_ensemble=model.is_ensemble
    )


def parts_of_data(data: Mapping[str, Any]) -> TritonParts:
    """Take a description apart that has faults."""
    written = data.get("steps")
    steps = written if isinstance(written, dict) else {}
    right = {name: _read(TritonStep, step) for name, step in steps.items()}
    ends = {key: _read(kind, data.get(key)) for key, kind in {"input": Inputs, "output": Outputs}.items()}
    missing = any(end is None and data.get(key) is not None for key, end in ends.items())
    return TritonParts(
        input=ends["input"],
        output=ends["output"],
        max_batch_size=_read(int, data.get("max_batch_size", 0)),
        steps={name: step for name, step in right.items() if step is not None},
        whole=bool(steps) and not missing and None not in right.values(),
        is_ensemble=len(steps) > 1 or any(data.get(key) is not None for key in ends),
    )


def _read(kind: Any, value: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(value, strict=True, context=FROM_FILE)
    except ValidationError:
        return None
