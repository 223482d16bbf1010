"""InvokeEndpointAsync on the wire: reads the call, writes the answer.

Names of headers, ranges and patterns come from the service's own model (botocore 1.43.106, sagemaker-runtime
2017-05-13); the size of an inline body comes from the catalogue, because botocore states no check for blobs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import StructureShape

from pilotlight.catalog.limits import ASYNC_INLINE_BODY
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.api_request import ApiAnswer
from pilotlight.local.emulator.json_service import input_shape, service_model
from pilotlight.local.emulator.shape_check import faults, validation_message
from pilotlight.local.emulator.shape_convert import converted
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation

_SERVICE, _OPERATION = "sagemaker-runtime", "InvokeEndpointAsync"
_ACCEPTED = 202


class InvocationRefused(ApiError):  # noqa: N818 - it is what the caller can put right
    """A call that was not accepted: nothing was queued. Its code is the runtime API's own."""

    def __init__(self, message: str) -> None:
        super().__init__("ValidationError", message)


def parse_invocation(endpoint_name: str, headers: Mapping[str, str], body: bytes) -> AsyncInvocation:
    """The call, out of its request. headers: names in lower case.

    Raises InvocationRefused with everything that is wrong with it.
    """
    given = {"EndpointName": endpoint_name, **_from_headers(headers)}
    found = list(faults(input_shape(_SERVICE, _OPERATION), given))
    problems = [validation_message(found)] if found else []
    problems += _body_problems(given.get("InputLocation"), body)
    if problems:
        raise InvocationRefused("; ".join(problems))
    return AsyncInvocation(
        endpoint_name=endpoint_name,
        input_location=given.get("InputLocation"),
        body=body if body else None,
        content_type=given.get("ContentType"),
        accept=given.get("Accept"),
        custom_attributes=given.get("CustomAttributes"),
        inference_id=given.get("InferenceId"),
        output_path_extension=given.get("S3OutputPathExtension"),
        filename=given.get("Filename"),
        request_ttl_s=given.get("RequestTTLSeconds"),
        invocation_timeout_s=given.get("InvocationTimeoutSeconds"),
    )


def accepted_answer(accepted: AcceptedInvocation) -> ApiAnswer:
    """The answer to a call that was accepted."""
    answer = ApiAnswer.of({"InferenceId": accepted.inference_id}, status=_ACCEPTED)
    shape = service_model(_SERVICE).operation_model(_OPERATION).output_shape
    names = {member: each.serialization.get("name") for member, each in shape.members.items()}
    locations = {
        names["OutputLocation"]: accepted.output_location,
        names["FailureLocation"]: accepted.failure_location,
    }
    return ApiAnswer(answer.status, answer.body, {**answer.headers, **locations})


def _from_headers(headers: Mapping[str, str]) -> dict[str, Any]:
    shape = input_shape(_SERVICE, _OPERATION)
    assert isinstance(shape, StructureShape)  # noqa: S101 - every operation takes a structure
    sent = {
        member: headers[each.serialization["name"].lower()]
        for member, each in shape.members.items()
        if each.serialization.get("location") == "header" and each.serialization["name"].lower() in headers
    }
    read: dict[str, Any] = converted(shape, sent)
    return read


def _body_problems(input_location: str | None, body: bytes) -> list[str]:
    problems = []
    if (input_location is None) != bool(body):
        got = "neither" if input_location is None else "both"
        problems.append(f"exactly one of Body and InputLocation must be given, got {got}")
    if not ASYNC_INLINE_BODY.allows(len(body)):
        problems.append(
            f"Body must have at most {ASYNC_INLINE_BODY.maximum} {ASYNC_INLINE_BODY.unit}, got {len(body)}"
        )
    return problems
