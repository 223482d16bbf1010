"""The messages that an asynchronous endpoint publishes, in SageMaker's shape.

Documented: SageMaker Developer Guide, "Check prediction results". Seen in public copies of real messages: the
order of the members, `accept` and `contentType` only where the caller gave them, `responseBody` when the
response is included, and the failure reason of a model that answered with an error.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pilotlight.local.containers.answer import Answer
from pilotlight.local.endpoint.async_invocation import AsyncInvocation

TEST_NOTIFICATION = json.dumps({"eventName": "TestNotification"})
"""Sent to both topics whenever an endpoint is created or changed."""

_INCLUDED_RESPONSE_BYTES = 128 * 1024
_ENVELOPE = {"eventVersion": "1.0", "eventSource": "aws:sagemaker", "eventName": "InferenceResult"}
_SEE_ELSEWHERE = "Check S3 path location(if configured) or Cloudwatch for additional details."


@dataclass(frozen=True, slots=True)
class InferenceResult:
    """A request that has ended. included: the response, where the configuration wants it in the message."""

    invocation: AsyncInvocation
    inference_id: str
    region: str
    received: datetime
    ended: datetime
    included: Answer | None = None

    def completed(self, output_location: str, content_type: str | None) -> str:
        """The message for the success topic."""
        response = _given(contentType=content_type, outputLocation=output_location)
        return self._message("Completed", responseParameters=response)

    def failed(self, reason: str) -> str:
        """The message for the error topic."""
        return self._message("Failed", failureReason=reason)

    def _message(self, status: str, **outcome: Any) -> str:
        request = _given(
            accept=self.invocation.accept,
            contentType=self.invocation.content_type,
            endpointName=self.invocation.endpoint_name,
            inputLocation=self.invocation.input_location,
        )
        reason = {"failureReason": outcome.pop("failureReason")} if "failureReason" in outcome else {}
        message = {
            "awsRegion": self.region,
            "eventTime": _stamp(self.ended),
            "receivedTime": _stamp(self.received),
            "invocationStatus": status,
            **reason,
            "requestParameters": request,
            **outcome,
            **_response_body(self.included),
            "inferenceId": self.inference_id,
            **_ENVELOPE,
        }
        return json.dumps(message, separators=(",", ":"))


def _response_body(answer: Answer | None) -> dict[str, Any]:
    if answer is None or len(answer.body) > _INCLUDED_RESPONSE_BYTES:
        return {}
    content = b64encode(answer.body).decode()
    return {"responseBody": {"content": content, "message": _SEE_ELSEWHERE, "encoding": "BASE64"}}


def _given(**members: str | None) -> dict[str, str]:
    return {name: value for name, value in members.items() if value is not None}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
