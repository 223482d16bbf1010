"""InvokeEndpoint on the wire: reads the call, writes the answer or the error of the model.

Names of errors come from the service's own model (botocore 1.43.106, sagemaker-runtime 2017-05-13).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from pilotlight.catalog.routing import REAL_TIME_BODY
from pilotlight.local.containers.answer import Answer
from pilotlight.local.control_plane.model_record import ONLY_CONTAINER
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.api_request import ApiAnswer
from pilotlight.local.endpoint.direct_invocation import (
    CUSTOM_ATTRIBUTES_HEADER,
    DirectAnswer,
    DirectInvocation,
)
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.runtime_headers import answer_headers, call_problems, read_headers

_KEPT_HEADERS = ("X-Pilotlight-Stand-In", CUSTOM_ATTRIBUTES_HEADER)
_MESSAGE_LIMIT = 8192


class ModelError(ApiError):
    """The model answered with an error: it is passed on inside of this one."""

    def __init__(self, status: int, body: bytes, container: str = ONLY_CONTAINER) -> None:
        original = body[:_MESSAGE_LIMIT].decode(errors="replace")
        is_client = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        side = "client" if is_client else "server"
        message = (
            f'Received {side} error ({status}) from {container} with message "{original}". '
            "See the SageMaker Endpoint logs in your account for more information."
        )
        members = {"OriginalStatusCode": status, "OriginalMessage": original, "LogStreamArn": ""}
        super().__init__("ModelError", message, HTTPStatus.FAILED_DEPENDENCY, members)


def parse_direct_invocation(
    endpoint_name: str, headers: Mapping[str, str], body: bytes, operation: str = "InvokeEndpoint"
) -> DirectInvocation:
    """The call, out of its request. headers: names in lower case. Raises InvocationRefused."""
    given = {"EndpointName": endpoint_name, "Body": body, **read_headers(operation, headers)}
    problems = call_problems(operation, given)
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
        target_container=given.get("TargetContainerHostname"),
        component=given.get("InferenceComponentName"),
        prefix_aware_id=given.get("PrefixAwareId"),
    )


def direct_answer(result: DirectAnswer) -> ApiAnswer:
    """The answer to the caller. Raises ModelError when the model answered with an error."""
    answer = result.answer
    if not answer.is_success:
        raise ModelError(answer.status, answer.body, result.container)
    said = {"InvokedProductionVariant": result.variant, "ContentType": answer.content_type}
    headers = {**answer_headers("InvokeEndpoint", **said), **_kept(answer)}
    return ApiAnswer(HTTPStatus.OK, answer.body, headers)


def _kept(answer: Answer) -> dict[str, str]:
    sent = {name.lower(): value for name, value in answer.headers.items()}
    return {name: sent[name.lower()] for name in _KEPT_HEADERS if name.lower() in sent}
