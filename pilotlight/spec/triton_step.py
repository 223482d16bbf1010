"""One model of a Triton repository: its backend, files, tensors and instances."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AfterValidator, Field

from pilotlight.catalog.naming import is_name
from pilotlight.catalog.triton_model import BACKENDS, INT32_MAXIMUM
from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.local_directory import is_directory_name
from pilotlight.spec.name import NAME_RULE
from pilotlight.spec.refusing import refused
from pilotlight.spec.triton_tensor import InputTensor, Tensor, TensorName

LONGEST: Final = 128
"""Characters of a name: it becomes a folder, and folders may have 255 bytes with what is added to it."""

Entries = TypeVar("Entries", bound=dict[str, Any])


def _folder_name(value: str) -> str:
    if not is_name(value) or len(value) > LONGEST:
        raise refused("not a name", got=value or "nothing", allowed=f"{NAME_RULE}, at most {LONGEST}")
    return value


def _known_backend(value: str) -> str:
    if value not in BACKENDS:
        longer = [backend for backend in BACKENDS if value and backend.startswith(value)]
        hint = f"did you mean {longer[0]}?" if longer else did_you_mean(value, BACKENDS)
        raise refused("unknown backend", allowed=", ".join(BACKENDS), hint=hint)
    return value


def _inside(value: str) -> str:
    if not is_directory_name(value) or not value.isprintable() or ".." in PurePosixPath(value).parts:
        allowed = "a relative path with forward slashes, without .."
        raise refused("not a path inside the folder", got=repr(value), allowed=allowed)
    return value


def at_least_one(value: Entries) -> Entries:
    """Refuse an empty mapping."""
    if not value:
        raise refused("empty", got="nothing", allowed="at least one")
    return value


def _from_one(value: int) -> int:
    if value < 1:
        raise refused("too small", allowed="1 or more")
    return value


FolderName = Annotated[str, AfterValidator(_folder_name)]
FilePath = Annotated[str, AfterValidator(_inside)]
Count = Annotated[int, AfterValidator(_from_one), Field(le=INT32_MAXIMUM)]
Inputs = Annotated[dict[TensorName, InputTensor], AfterValidator(at_least_one)]
Outputs = Annotated[dict[TensorName, Tensor], AfterValidator(at_least_one)]


class InstanceGroup(Spec):
    """Copies of a model that run at once."""

    kind: Literal["AUTO", "CPU", "GPU", "MODEL"] = "AUTO"
    """What they run on. Default: every GPU there is, or else the CPU."""

    count: Count = 1
    """How many: on each GPU, or on the CPU."""

    gpus: Annotated[tuple[Annotated[int, Field(ge=0, le=INT32_MAXIMUM)], ...], FROM_LIST] = ()
    """On which GPUs. Default: on all."""


class DynamicBatching(Spec):
    """Lets Triton put requests together into one batch."""

    preferred_batch_size: Annotated[tuple[Count, ...], FROM_LIST] = ()
    """Sizes worth waiting for. Default: the largest that the model takes."""

    max_queue_delay_microseconds: Annotated[int, Field(ge=0)] = 0
    """How long a request waits for others. Default: not at all."""


class TritonStep(Spec):
    """A model that Triton runs: alone, or as a step of an ensemble."""

    backend: Annotated[str, AfterValidator(_known_backend)] = Field(json_schema_extra={"enum": [*BACKENDS]})
    """What runs it: python, pytorch or onnxruntime."""

    files: Annotated[dict[FilePath, FilePath], AfterValidator(at_least_one)]
    """What lies in its version folder: the name there, and the file or folder beside the description."""

    input: Inputs
    """The tensors that it takes, by name."""

    output: Outputs
    """The tensors that it gives, by name."""

    input_map: dict[TensorName, TensorName] | None = None
    """Which tensor of the ensemble each input takes. Default: the one of the same name."""

    output_map: dict[TensorName, TensorName] | None = None
    """Which tensor of the ensemble each output becomes. Default: the one of the same name."""

    instance_groups: dict[FolderName, InstanceGroup] = Field({})
    """How many copies run, and on what. Default: one on each GPU, or else one on the CPU."""

    dynamic_batching: DynamicBatching | None = None
    """How requests are put together. Default: not at all."""

    parameters: dict[str, str] = Field({})
    """What the backend is told besides, as text."""

    @property
    def takes(self) -> dict[str, str]:
        """Say which tensor of the ensemble each input takes."""
        return {name: name for name in self.input} if self.input_map is None else self.input_map

    @property
    def gives(self) -> dict[str, str]:
        """Say which tensor of the ensemble each output becomes."""
        return {name: name for name in self.output} if self.output_map is None else self.output_map
