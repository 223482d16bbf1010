"""A call of InvokeEndpointAsync, and what it is told at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AsyncInvocation:
    """What a caller asks for; None where it was left out. One of body and input_location is given."""

    endpoint_name: str
    input_location: str | None = None
    body: bytes | None = None
    content_type: str | None = None
    accept: str | None = None
    custom_attributes: str | None = None
    inference_id: str | None = None
    output_path_extension: str | None = None
    filename: str | None = None
    request_ttl_s: int | None = None
    invocation_timeout_s: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptedInvocation:
    """What the caller gets: where to look for the answer, and where for the failure."""

    inference_id: str
    output_location: str
    failure_location: str
