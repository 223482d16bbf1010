"""InvokeEndpointAsync on the wire: what is read, what is refused, what is answered."""

from __future__ import annotations

import json

import pytest

from pilotlight.catalog.limits import ASYNC_INLINE_BODY, ASYNC_INVOCATION_TIMEOUT, ASYNC_REQUEST_TTL, Limit
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.invocation_request import InvocationRefused, accepted_answer, parse_invocation

PREFIX = "x-amzn-sagemaker-"
INPUT = {f"{PREFIX}inputlocation": "s3://data/in/1"}


def test_every_header_is_read() -> None:
    """All members of the API come through; foreign headers do not matter."""
    headers = {
        **INPUT,
        f"{PREFIX}content-type": "application/json",
        f"{PREFIX}accept": "text/csv",
        f"{PREFIX}custom-attributes": "trace-1",
        f"{PREFIX}inference-id": "mine",
        f"{PREFIX}s3outputpathextension": "tenant/7",
        f"{PREFIX}filename": "answer.json",
        f"{PREFIX}requestttlseconds": "60",
        f"{PREFIX}invocationtimeoutseconds": "1",
        "authorization": "AWS4-HMAC-SHA256 …",
        "content-type": "application/octet-stream",
    }

    assert AsyncInvocation(
        endpoint_name="tickets",
        input_location="s3://data/in/1",
        content_type="application/json",
        accept="text/csv",
        custom_attributes="trace-1",
        inference_id="mine",
        output_path_extension="tenant/7",
        filename="answer.json",
        request_ttl_s=60,
        invocation_timeout_s=1,
    ) == parse_invocation("tickets", headers, b"")


def test_body_takes_the_place_of_the_input_location() -> None:
    """Small inputs come inline, up to the documented size."""
    largest = b"x" * int(ASYNC_INLINE_BODY.maximum or 0)

    assert AsyncInvocation("tickets", body=largest) == parse_invocation("tickets", {}, largest)


@pytest.mark.parametrize(
    ("headers", "body", "complaint"),
    [
        ({}, b"", "exactly one of Body and InputLocation must be given, got neither"),
        (INPUT, b"x", "exactly one of Body and InputLocation must be given, got both"),
        ({}, b"x" * 128_001, "at most 128000 bytes, got 128001"),
        ({f"{PREFIX}inputlocation": "data/in/1"}, b"", "'inputLocation' failed to satisfy constraint"),
        ({**INPUT, f"{PREFIX}inference-id": "x" * 65}, b"", "'inferenceId' .*less than or equal to 64"),
        ({**INPUT, f"{PREFIX}filename": "a.b.c"}, b"", "'filename' .*regular expression pattern"),
        ({**INPUT, f"{PREFIX}filename": "x" * 33}, b"", "'filename' .*less than or equal to 32"),
        ({**INPUT, f"{PREFIX}s3outputpathextension": "s3://x"}, b"", "'s3OutputPathExtension' .*pattern"),
        ({**INPUT, f"{PREFIX}requestttlseconds": "soon"}, b"", "'requestTTLSeconds' .*must be a integer"),
    ],
)
def test_fails_when_the_call_is_not_allowed(headers: dict[str, str], body: bytes, complaint: str) -> None:
    """What AWS refuses is refused, as ValidationError with status 400."""
    with pytest.raises(InvocationRefused, match=complaint) as raised:
        parse_invocation("tickets", headers, body)
    assert ("ValidationError", 400) == (raised.value.code, raised.value.status)


@pytest.mark.parametrize(
    ("header", "limit"),
    [("requestttlseconds", ASYNC_REQUEST_TTL), ("invocationtimeoutseconds", ASYNC_INVOCATION_TIMEOUT)],
)
def test_fails_when_a_time_is_out_of_range(header: str, limit: Limit) -> None:
    """Both ends of the range that the catalogue knows are allowed, one more or less is not."""
    lowest, highest = int(limit.minimum or 0), int(limit.maximum or 0)
    for allowed in (lowest, highest):
        parse_invocation("tickets", {**INPUT, PREFIX + header: str(allowed)}, b"")
    for refused in (lowest - 1, highest + 1):
        with pytest.raises(InvocationRefused, match="or equal to"):
            parse_invocation("tickets", {**INPUT, PREFIX + header: str(refused)}, b"")


def test_fails_with_all_faults_at_once() -> None:
    """Nobody has to call again to hear of the next fault."""
    headers = {f"{PREFIX}filename": "", f"{PREFIX}requestttlseconds": "1"}

    with pytest.raises(InvocationRefused) as raised:
        parse_invocation("no such name!", headers, b"")
    for what in ("'endpointName'", "'filename'", "'requestTTLSeconds'", "got neither"):
        assert what in raised.value.message


def test_answer_tells_where_to_look() -> None:
    """202, the id in the body, the locations in the headers that the SDKs read."""
    answer = accepted_answer(AcceptedInvocation("mine", "s3://data/out/1", "s3://data/failed/1"))

    assert (202, {"InferenceId": "mine"}) == (answer.status, json.loads(answer.body))
    assert "s3://data/out/1" == answer.headers["X-Amzn-SageMaker-OutputLocation"]
    assert "s3://data/failed/1" == answer.headers["X-Amzn-SageMaker-FailureLocation"]
