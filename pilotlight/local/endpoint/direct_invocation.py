"""A call of InvokeEndpoint: the caller waits for the answer of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pilotlight.hosting.invocation_target import InvocationTarget
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_server import INFERENCE_ID_HEADER
from pilotlight.local.control_plane.model_record import ONLY_CONTAINER

DEFAULT_CONTENT_TYPE = "application/octet-stream"
CUSTOM_ATTRIBUTES_HEADER = "X-Amzn-SageMaker-Custom-Attributes"


@dataclass(frozen=True, slots=True)
class DirectInvocation:
    """What a caller asks for; None where it was left out."""

    endpoint_name: str
    body: bytes = b""
    content_type: str | None = None
    accept: str | None = None
    custom_attributes: str | None = None
    inference_id: str | None = None
    target_model: str | None = None
    """The artefact below the prefix of a multi-model endpoint."""
    target_variant: str | None = None
    target_container: str | None = None
    """The host name of a container that is invoked directly."""
    component: str | None = None
    """The inference component."""
    prefix_aware_id: str | None = None

    @property
    def target(self) -> InvocationTarget:
        """What it names beside endpoint and variant."""
        return InvocationTarget(self.target_model, self.target_container, self.component)

    @property
    def container_headers(self) -> Mapping[str, str]:
        """What the container gets: SageMaker passes on no header but these, and no name of a target."""
        given = {
            "Content-Type": DEFAULT_CONTENT_TYPE if self.content_type is None else self.content_type,
            "Accept": self.accept,
            CUSTOM_ATTRIBUTES_HEADER: self.custom_attributes,
            INFERENCE_ID_HEADER: self.inference_id,
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class DirectAnswer:
    """What the caller gets: the container's answer, and the variant it came from."""

    answer: Answer
    variant: str
    container: str = ONLY_CONTAINER


@dataclass(frozen=True, slots=True)
class DirectStream:
    """What the caller gets of a streamed call. messages: those of an event stream, as they come."""

    content_type: str | None
    variant: str
    messages: Iterator[bytes]
