"""InvokeEndpointWithResponseStream on the wire: reads the call, writes the beginning of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from pilotlight.local.emulator.api_request import ApiAnswer
from pilotlight.local.endpoint.direct_invocation import DirectInvocation, DirectStream
from pilotlight.local.endpoint.direct_request import parse_direct_invocation
from pilotlight.local.endpoint.event_stream import CONTENT_TYPE
from pilotlight.local.endpoint.runtime_headers import answer_headers

_OPERATION = "InvokeEndpointWithResponseStream"


def parse_streamed(endpoint_name: str, headers: Mapping[str, str], body: bytes) -> DirectInvocation:
    """The call, out of its request. headers: names in lower case. Raises InvocationRefused."""
    return parse_direct_invocation(endpoint_name, headers, body, _OPERATION)


def stream_answer(stream: DirectStream) -> ApiAnswer:
    """The answer, whose parts are the messages of an event stream."""
    said = {"InvokedProductionVariant": stream.variant, "ContentType": stream.content_type}
    headers = {"Content-Type": CONTENT_TYPE, **answer_headers(_OPERATION, **said)}
    return ApiAnswer(HTTPStatus.OK, headers=headers, parts=stream.messages)
