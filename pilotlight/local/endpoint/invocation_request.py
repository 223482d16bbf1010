"""InvokeEndpointAsync on the wire: reads the call, writes the answer.

The size of an inline body comes from the catalogue, because botocore states no check for blobs.
"""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.catalog.limits import ASYNC_INLINE_BODY
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.api_request import ApiAnswer
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.runtime_headers import answer_headers, call_problems, read_headers

_OPERATION = "InvokeEndpointAsync"
_ACCEPTED = 202


class InvocationRefused(ApiError):  # noqa: N818 - it is what the caller can put right
    """A call that was not accepted: nothing was queued. Its code is the runtime API's own."""

    def __init__(self, message: str) -> None:
        super().__init__("ValidationError", message)


def parse_invocation(endpoint_name: str, headers: Mapping[str, str], body: bytes) -> AsyncInvocation:
    """The call, out of its request. headers: names in lower case.

    Raises InvocationRefused with everything that is wrong with it.
    """
    given = {"EndpointName": endpoint_name, **read_headers(_OPERATION, headers)}
    problems = [
        *call_problems(_OPERATION, given),
        *_body_problems(given.get("InputLocation"), body),
    ]
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
    locations = answer_headers(
        _OPERATION, OutputLocation=accepted.output_location, FailureLocation=accepted.failure_location
    )
    return ApiAnswer(answer.status, answer.body, {**answer.headers, **locations})


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
