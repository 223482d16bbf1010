"""InvokeEndpoint on the wire: reads the call, writes the answer or the error of the model.

Names of headers and errors come from the service's own model (botocore 1.43.106, sagemaker-runtime
2017-05-13).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from botocore.model import StructureShape

from pilotlight.catalog.routing import REAL_TIME_BODY
from pilotlight.local.containers.answer import Answer
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.api_request import ApiAnswer
from pilotlight.local.emulator.json_service import input_shape
from pilotlight.local.emulator.shape_check import faults, validation_message
from pilotlight.local.emulator.shape_convert import converted
from pilotlight.local.endpoint.direct_invocation import (
    CUSTOM_ATTRIBUTES_HEADER,
    DirectAnswer,
    DirectInvocation,
)
from pilotlight.local.endpoint.invocation_request import InvocationRefused

_VARIANT_HEADER = "x-Amzn-Invoked-Production-Variant"
_KEPT_HEADERS = ("X-Pilotlight-Stand-In", CUSTOM_ATTRIBUTES_HEADER)
_MESSAGE_LIMIT = 8192


class ModelError(ApiError):
    """The model answered with an error: it is passed on inside of this one."""

    def __init__(self, status: int, body: bytes) -> None:
        original = body[:_MESSAGE_LIMIT].decode(errors="replace")
        is_client = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        side = "client" if is_client else "server"
        message = (
            f'Received {side} error ({status}) from primary with message "{original}". '
            "See the SageMaker Endpoint logs in your account for more information."
        )
        members = {"OriginalStatusCode": status, "OriginalMessage": original, "LogStreamArn": ""}
        super().__init__("ModelError", message, HTTPStatus.FAILED_DEPENDENCY, members)


def parse_direct_invocation(
    endpoint_name: str, headers: Mapping[str, str], body: bytes, operation: str = "InvokeEndpoint"
) -> DirectInvocation:
    """The call, out of its request. headers: names in lower case. Raises InvocationRefused."""
    given = {"EndpointName": endpoint_name, "Body": body, **_from_headers(operation, headers)}
    found = list(faults(input_shape("sagemaker-runtime", operation), given))
    problems = [validation_message(found)] if found else []
    if not REAL_TIME_BODY.allows(len(body)):
        problems.append(f"Body must have {REAL_TIME_BODY}, got {len(body)}")
    if problems:
        raise InvocationRefused("; ".join(problems))
    return DirectInvocation(
        endpoint_name=endpoint_name,
        body=body,
        content_type=given.get("ContentType"),
        accept=given.get("Accept"),
        custom_attributes=given.get("CustomAttributes"),
        inference_id=given.get("InferenceId"),
        target_model=given.get("TargetModel"),
        target_variant=given.get("TargetVariant"),
        prefix_aware_id=given.get("PrefixAwareId"),
    )


def direct_answer(result: DirectAnswer) -> ApiAnswer:
    """The answer to the caller. Raises ModelError when the model answered with an error."""
    answer = result.answer
    if not answer.is_success:
        raise ModelError(answer.status, answer.body)
    headers = {_VARIANT_HEADER: result.variant, **_kept(answer)}
    if answer.content_type is not None:
        headers["Content-Type"] = answer.content_type
    return ApiAnswer(HTTPStatus.OK, answer.body, headers)


def _kept(answer: Answer) -> dict[str, str]:
    sent = {name.lower(): value for name, value in answer.headers.items()}
    return {name: sent[name.lower()] for name in _KEPT_HEADERS if name.lower() in sent}


def _from_headers(operation: str, headers: Mapping[str, str]) -> dict[str, Any]:
    shape = input_shape("sagemaker-runtime", operation)
    assert isinstance(shape, StructureShape)  # noqa: S101 - every operation takes a structure
    sent = {
        member: headers[each.serialization["name"].lower()]
        for member, each in shape.members.items()
        if each.serialization.get("location") == "header" and each.serialization["name"].lower() in headers
    }
    read: dict[str, Any] = converted(shape, sent)
    return read
