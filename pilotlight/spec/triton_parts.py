"""What can be read of a description, faults and all, so that every rule finds its faults in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.triton_model import TritonModelSpec
from pilotlight.spec.triton_step import Inputs, Outputs, TritonStep
from pilotlight.spec.triton_tensor import InputTensor, Tensor

WIRING: Final = frozenset({"input", "output", "input_map", "output_map"})
"""The keys of a step without which nothing can be said about the tensors of an ensemble."""


@dataclass(frozen=True, slots=True)
class TritonParts:
    """The parts of a description that are right by themselves.

    Attributes:
        input: of the ensemble; None when there is none, or a faulty one.
        output: as `input`.
        max_batch_size: None when it is faulty.
        steps: whose tensors and wiring are right; of their other keys, those that are right.
        whole: nothing is missing here because it is faulty, so that absence can be told as a fault.
        is_ensemble: whether tensors are passed on between steps.
    """

    input: Mapping[str, InputTensor] | None
    output: Mapping[str, Tensor] | None
    max_batch_size: int | None
    steps: Mapping[str, TritonStep]
    whole: bool
    is_ensemble: bool


def parts_of_spec(model: TritonModelSpec) -> TritonParts:
    """Take a model apart that is right so far."""
    return TritonParts(
        input=model.input,
        output=model.output,
        max_batch_size=model.max_batch_size,
        steps=model.steps,
        whole=True,
        is_ensemble=model.is_ensemble,
    )


def parts_of_data(data: Mapping[str, Any]) -> TritonParts:
    """Take a description apart that has faults."""
    written = data.get("steps")
    steps = written if isinstance(written, dict) else {}
    right = {name: _step(step) for name, step in steps.items()}
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


def _step(written: Any) -> TritonStep | None:
    """Read what is right of a step; None when that leaves its tensors or their wiring unknown."""
    right: dict[str, Any] = {"backend": "", "files": {}}
    for name, field in TritonStep.model_fields.items() if isinstance(written, dict) else ():
        if name in written:
            value = _read(_kind_of(field), written[name])
            if value is not None:
                right[name] = value
            elif name in WIRING and written[name] is not None:
                return None
    return TritonStep.model_construct(**right) if right.keys() >= {"input", "output"} else None


def _kind_of(field: FieldInfo) -> Any:
    parts: Any = (field.annotation, *field.metadata, "")
    return Annotated[parts]


def _read(kind: Any, value: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(value, strict=True, context=FROM_FILE)
    except ValidationError:
        return None
