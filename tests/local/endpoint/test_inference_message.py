"""Messages in SageMaker's shape, member for member."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from pilotlight.local.containers.answer import Answer
from pilotlight.local.endpoint.async_invocation import AsyncInvocation
from pilotlight.local.endpoint.inference_message import InferenceResult

INVOCATION = AsyncInvocation(
    "tickets", input_location="s3://data/in/1", content_type="text/csv", accept="*/*"
)


def result(**given: Any) -> InferenceResult:
    """A result at fixed times, one of them from another time zone."""
    fixed: dict[str, Any] = {
        "invocation": INVOCATION,
        "inference_id": "mine",
        "region": "us-east-1",
        "received": datetime(2022, 1, 25, 22, 46, 0, 455_000, tzinfo=UTC),
        "ended": datetime(2022, 1, 25, 23, 46, 0, 608_999, tzinfo=timezone(timedelta(hours=1))),
    }
    return InferenceResult(**{**fixed, **given})


ENVELOPE_BEFORE = {
    "awsRegion": "us-east-1",
    "eventTime": "2022-01-25T22:46:00.608Z",
    "receivedTime": "2022-01-25T22:46:00.455Z",
}
ENVELOPE_AFTER = {
    "inferenceId": "mine",
    "eventVersion": "1.0",
    "eventSource": "aws:sagemaker",
    "eventName": "InferenceResult",
}
REQUEST = {
    "accept": "*/*",
    "contentType": "text/csv",
    "endpointName": "tickets",
    "inputLocation": "s3://data/in/1",
}


def test_success_has_the_shape_of_a_real_message() -> None:
    """Same members, same order as in the developer guide."""
    expected = {
        **ENVELOPE_BEFORE,
        "invocationStatus": "Completed",
        "requestParameters": REQUEST,
        "responseParameters": {"contentType": "text/csv; charset=utf-8", "outputLocation": "s3://data/out/1"},
        **ENVELOPE_AFTER,
    }
    message = result().completed("s3://data/out/1", "text/csv; charset=utf-8")

    assert json.dumps(expected, separators=(",", ":")) == message


def test_failure_has_the_shape_of_a_real_message() -> None:
    """A reason, and no response parameters."""
    expected = {
        **ENVELOPE_BEFORE,
        "invocationStatus": "Failed",
        "failureReason": "ClientError: no",
        "requestParameters": REQUEST,
        **ENVELOPE_AFTER,
    }

    assert json.dumps(expected, separators=(",", ":")) == result().failed("ClientError: no")


def test_what_the_caller_left_out_is_left_out() -> None:
    """An inline body has no location, and unnamed types are not made up."""
    message = json.loads(result(invocation=AsyncInvocation("tickets", body=b"x")).completed("s3://o", None))

    assert {"endpointName": "tickets"} == message["requestParameters"]
    assert {"outputLocation": "s3://o"} == message["responseParameters"]


def test_response_is_included_up_to_its_limit() -> None:
    """128 KB fit, one byte more does not."""
    fits = json.loads(result(included=Answer(body=b"x" * 131_072)).completed("s3://o", None))
    too_large = json.loads(result(included=Answer(body=b"x" * 131_073)).completed("s3://o", None))

    assert "BASE64" == fits["responseBody"]["encoding"]
    assert b"x" * 131_072 == b64decode(fits["responseBody"]["content"])
    assert "responseBody" not in too_large
