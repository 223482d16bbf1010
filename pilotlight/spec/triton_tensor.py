"""The tensors that a model of Triton takes and gives."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from pilotlight.catalog.triton_model import ANY_SIZE, DATA_TYPES
from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.refusing import refused

PREFIX: Final = "TYPE_"


def _known_type(value: str) -> str:
    if value in DATA_TYPES:
        return value
    meant = "STRING" if value == "BYTES" else value.upper().removeprefix(PREFIX)
    raise refused("unknown data type", allowed=", ".join(DATA_TYPES), hint=did_you_mean(meant, DATA_TYPES))


def _sizes(value: tuple[int, ...]) -> tuple[int, ...]:
    allowed = f"one or more sizes of 1 or more, or {ANY_SIZE} for any size"
    if not value:
        raise refused("no dimension", got="[]", allowed=allowed, hint="a single value has dims [1]")
    if any(size < 1 and size != ANY_SIZE for size in value):
        raise refused("not a dimension", got=str([*value]), allowed=allowed)
    return value


def _tensor_name(value: str) -> str:
    if not value or not value.isprintable():
        raise refused("not the name of a tensor", got=repr(value), allowed="printable text")
    return value


Dims = Annotated[tuple[int, ...], AfterValidator(_sizes), FROM_LIST]
TensorName = Annotated[str, AfterValidator(_tensor_name)]


class Tensor(Spec):
    """A tensor: what it holds, and how much of it."""

    data_type: Annotated[str, AfterValidator(_known_type)] = Field(json_schema_extra={"enum": [*DATA_TYPES]})
    """What it holds, as FP32 or STRING."""

    dims: Dims
    """Its shape without the batch dimension; -1 for any size."""


class InputTensor(Tensor):
    """A tensor that a model takes."""

    optional: bool = False
    """A request may leave it out."""
