"""Messages as SageMaker, SNS and SQS make them (SageMaker Developer Guide, Monitor asynchronous endpoint)."""

from __future__ import annotations

import json
from typing import Any

TEST_NOTIFICATION = json.dumps({"eventName": "TestNotification"})


def completed(inference_id: str, **changes: Any) -> str:
    """The notification of a success."""
    message = _told(inference_id, "Completed") | {
        "responseParameters": {
            "contentType": "application/json",
            "outputLocation": f"s3://data/async/ticket-intent/out/{inference_id}.out",
        }
    }
    return json.dumps(message | changes)


def failed(inference_id: str, **changes: Any) -> str:
    """The notification of a failure."""
    message = _told(inference_id, "Failed") | {
        "failureReason": "ClientError: Received server error (500) from model."
    }
    return json.dumps(message | changes)


def _told(inference_id: str, status: str) -> dict[str, Any]:
    return {
        "awsRegion": "us-east-1",
        "eventTime": "2026-01-25T22:46:00.608Z",
        "receivedTime": "2026-01-25T22:45:58.358Z",
        "invocationStatus": status,
        "requestParameters": {
            "contentType": "application/json",
            "endpointName": "starter-ticket-intent",
            "inputLocation": f"s3://data/async/ticket-intent/in/{inference_id}",
        },
        "inferenceId": inference_id,
        "eventVersion": "1.0",
        "eventSource": "aws:sagemaker",
        "eventName": "InferenceResult",
    }


def enveloped(message: str) -> str:
    """The message inside SNS's envelope, as an SQS subscription without raw delivery gets it."""
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:success",
            "Message": message,
            "Timestamp": "2026-01-25T22:46:00.700Z",
            "SignatureVersion": "1",
        }
    )


def batch(*bodies: str) -> dict[str, Any]:
    """The event of an SQS event source mapping; message ids are m0, m1, ..."""
    return {"Records": [_record(f"m{number}", body) for number, body in enumerate(bodies)]}


def _record(message_id: str, body: str) -> dict[str, Any]:
    return {
        "messageId": message_id,
        "receiptHandle": message_id,
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:completion",
        "awsRegion": "us-east-1",
    }
