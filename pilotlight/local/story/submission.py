"""Submits requests as an application does: the row first, then the input, then the invocation."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from pilotlight.catalog import limits
from pilotlight.catalog.status_table import PARTITION_KEY, TTL_ATTRIBUTE, Pending, Status

_LONGEST_S = sum(limit.default or 0 for limit in (limits.ASYNC_REQUEST_TTL, limits.ASYNC_INVOCATION_TIMEOUT))
"""A request that names neither may wait this long in the queue, and then be worked on."""
_ROW_LIVES_S = 24 * 3600


class Clients(Protocol):
    """Makes boto3 clients."""

    def client(self, service: str) -> Any:
        """A client of a service."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where requests for one endpoint go: its name, and what its fleet shares."""

    endpoint: str
    bucket: str
    input_prefix: str
    status_table: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A request that SageMaker has accepted. Locations are S3 URIs."""

    inference_id: str
    endpoint: str
    output_location: str
    failure_location: str


def submit(aws: Clients, destination: Destination, ticket: object) -> Submission:
    """Submit one JSON document and return what SageMaker answers.

    The row is written first: a fast answer would otherwise overtake it.
    """
    inference_id = uuid.uuid4().hex
    key = f"{destination.input_prefix}{inference_id}.json"
    location = f"s3://{destination.bucket}/{key}"
    _write_row(aws, destination, inference_id, location)
    aws.client("s3").put_object(Bucket=destination.bucket, Key=key, Body=json.dumps(ticket).encode())
    accepted = aws.client("sagemaker-runtime").invoke_endpoint_async(
        EndpointName=destination.endpoint,
        InputLocation=location,
        ContentType="application/json",
        InferenceId=inference_id,
    )
    return Submission(
        inference_id, destination.endpoint, accepted["OutputLocation"], accepted["FailureLocation"]
    )


def _write_row(aws: Clients, destination: Destination, inference_id: str, location: str) -> None:
    now = datetime.now(UTC)
    deadline = int(now.timestamp()) + _LONGEST_S
    aws.client("dynamodb").put_item(
        TableName=destination.status_table,
        ConditionExpression=f"attribute_not_exists({PARTITION_KEY})",
        Item={
            PARTITION_KEY: {"S": inference_id},
            "status": {"S": Status.SUBMITTED},
            "pending": {"S": Pending.ANSWER},
            "endpointName": {"S": destination.endpoint},
            "inputLocation": {"S": location},
            "submittedAt": {"S": now.isoformat()},
            "deadline": {"N": str(deadline)},
            TTL_ATTRIBUTE: {"N": str(deadline + _ROW_LIVES_S)},
        },
    )
