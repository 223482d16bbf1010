"""What happens to the models of a multi-model instance, and what its driver has to do.

The driver reports the end of every `Download`, `Load` and `Unload` exactly once, of abandoned ones too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeAlias

from pilotlight.hosting.micros import Micros
from pilotlight.hosting.time_passed import TimePassed

InvocationId: TypeAlias = str
ModelName: TypeAlias = str
"""The TargetModel of an invocation."""


@dataclass(frozen=True, slots=True)
class TargetModel:
    """A model under the endpoint's prefix. on_disk, in_memory: its bytes once downloaded, once loaded."""

    name: ModelName
    on_disk: int
    in_memory: int


@dataclass(frozen=True, slots=True)
class Invoked:
    """Event: routing has sent an invocation here. Raises ValueError when the id is in use."""

    invocation: InvocationId
    model: TargetModel


@dataclass(frozen=True, slots=True)
class Answered:
    """Event: a forwarded invocation is over, whatever the container answered (but see `InvokeRefused`)."""

    invocation: InvocationId


@dataclass(frozen=True, slots=True)
class InvokeRefused:
    """Event: the container answered a forwarded invocation with 507: it has no room for the work."""

    invocation: InvocationId


@dataclass(frozen=True, slots=True)
class Downloaded:
    """Event: the model is on the instance's volume."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    """Event: the model is not under the prefix, or could not be fetched or unpacked."""

    model: ModelName
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """Event: the container has loaded the model (200), or had it already (409)."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class LoadRefused:
    """Event: the container answered a load with 507: it has no room for the model."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class LoadFailed:
    """Event: the container answered a load with any other error, or not at all."""

    model: ModelName
    reason: str


@dataclass(frozen=True, slots=True)
class Unloaded:
    """Event: the container has unloaded the model (200), or did not have it (404)."""

    model: ModelName


InvocationEvent: TypeAlias = Invoked | Answered | InvokeRefused
DownloadEvent: TypeAlias = Downloaded | DownloadFailed
LoadEvent: TypeAlias = Loaded | LoadRefused | LoadFailed
CacheEvent: TypeAlias = InvocationEvent | DownloadEvent | LoadEvent | Unloaded | TimePassed


class Refusal(IntEnum):
    """Why an invocation gets no answer of its model; the number is an HTTP status."""

    DOWNLOAD_FAILED = 400
    """ValidationError."""

    LOAD_FAILED = 424
    """ModelError."""

    NOT_READY = 429
    """ModelNotReadyException."""

    NO_ROOM = 507
    """The container's status, which a ModelError carries as OriginalStatusCode."""


class Operation(StrEnum):
    """What the cache has its driver do to a model."""

    DOWNLOAD = "download"
    LOAD = "load"
    UNLOAD = "unload"


@dataclass(frozen=True, slots=True)
class Download:
    """Effect: fetch the model from the prefix to the volume."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class Load:
    """Effect: POST /models."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class Unload:
    """Effect: DELETE /models/{model}."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class DeleteFromDisk:
    """Effect: remove the model from the volume, at once; nothing is to be reported."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class Abandon:
    """Effect: the download or load under way took too long: break it off if possible, report its end."""

    model: ModelName


@dataclass(frozen=True, slots=True)
class Forward:
    """Effect: POST /models/{model}/invoke, report `Answered` or `InvokeRefused`.

    waited: how long the invocation waited for its model; None: it was loaded already, or this is a retry.
    """

    invocation: InvocationId
    model: ModelName
    waited: Micros | None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Effect: answer the invocation with an error: it is over."""

    invocation: InvocationId
    model: ModelName
    refusal: Refusal
    reason: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Effect: an invocation found its model loaded (hit) or not. Every invocation gets exactly one."""

    invocation: InvocationId
    model: ModelName
    hit: bool


@dataclass(frozen=True, slots=True)
class Took:
    """Effect: an operation has succeeded, after so long."""

    operation: Operation
    model: ModelName
    time: Micros


CacheEffect: TypeAlias = (
    Download | Load | Unload | DeleteFromDisk | Abandon | Forward | Refuse | LookedUp | Took
)
