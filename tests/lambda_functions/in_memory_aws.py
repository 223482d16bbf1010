"""An AWS inside the test process: real boto3 clients whose requests never leave it.

The seam is botocore's transport. DynamoDB is the engine of the pinned emulator, so conditions and the index
are evaluated for real; EventBridge and SQS remember what they were sent. A fault may be planned for any
call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from ministack.services import dynamodb as dynamodb_engine

from pilotlight.catalog import status_table as names

TABLE = "status"
Answer = tuple[int, dict[str, str], bytes]
Fault = Callable[[Callable[[], Answer]], Answer]
"""Is given the call and may make it, fail before or after it, or answer something else."""


class Killed(BaseException):
    """The function dies here: like a time-out on Lambda, nothing in it can catch this."""


def answer(body: object, status: int = 200) -> Answer:
    """What AWS's JSON protocols put on the wire."""
    return status, {"content-type": "application/x-amz-json-1.1"}, json.dumps(body).encode()


def throttled(call: Callable[[], Answer]) -> Answer:
    """AWS refuses the call for its rate."""
    return answer({"__type": "ThrottlingException", "message": "Rate exceeded"}, 400)


def killed_before(call: Callable[[], Answer]) -> Answer:
    """The function dies before the call reaches AWS."""
    raise Killed


def killed_after(call: Callable[[], Answer]) -> Answer:
    """The call reaches AWS and the function dies before it hears the answer."""
    call()
    raise Killed


def _no_fault(operation: str) -> Fault | None:
    return None


def once(operation: str, fault: Fault, occurrence: int = 1) -> Callable[[str], Fault | None]:
    """A plan: the n-th call of an operation meets the fault, all others go well."""
    seen = 0

    def befalls(called: str) -> Fault | None:
        nonlocal seen
        seen += called == operation
        return fault if called == operation and seen == occurrence else None

    return befalls


@dataclass
class InMemoryAws:
    """Clients for one status table, one event bus and one queue. `faults` says what befalls a call."""

    events: list[dict[str, Any]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: Callable[[str], Fault | None] = _no_fault

    def __post_init__(self) -> None:
        self.dynamodb_client = self._client("dynamodb")
        self.events_client = self._client("events")
        self.sqs_client = self._client("sqs")
        self.forget()

    def forget(self) -> None:
        """Empty everything; the clients stay."""
        self.faults = _no_fault
        if TABLE in self.dynamodb_client.list_tables()["TableNames"]:
            self.dynamodb_client.delete_table(TableName=TABLE)
        create_status_table(self.dynamodb_client, TABLE)
        for remembered in (self.events, self.messages, self.calls):
            remembered.clear()

    def put_row(self, **attributes: object) -> None:
        """Write a row as somebody else would, a submitter for instance."""
        item = {name: TypeSerializer().serialize(value) for name, value in attributes.items()}
        self.dynamodb_client.put_item(TableName=TABLE, Item=item)

    def row(self, inference_id: str) -> dict[str, Any]:
        """The row of a request, {} if there is none."""
        key = {names.PARTITION_KEY: {"S": inference_id}}
        found = self.dynamodb_client.get_item(TableName=TABLE, Key=key, ConsistentRead=True)
        return {name: TypeDeserializer().deserialize(value) for name, value in found.get("Item", {}).items()}

    def details(self) -> list[dict[str, Any]]:
        """The details of all events, in order."""
        return [json.loads(event["Detail"]) for event in self.events]

    def detail_types(self) -> list[str]:
        """The detail types of all events, in order."""
        return [event["DetailType"] for event in self.events]

    def all_keys(self) -> Iterator[str]:
        """The keys of everything in the table, locks included."""
        pages = self.dynamodb_client.get_paginator("scan").paginate(TableName=TABLE)
        return (item[names.PARTITION_KEY]["S"] for page in pages for item in page["Items"])

    def _client(self, service: str) -> Any:
        client = boto3.client(
            service,
            region_name="us-east-1",
            aws_access_key_id="123456789012",
            aws_secret_access_key="none",  # noqa: S106 - nothing here checks a signature
            config=Config(retries={"total_max_attempts": 1}),
        )
        client.meta.events.register("before-send.*", self._transport)
        return client

    def _transport(self, request: Any, **_: Any) -> AWSResponse:
        operation = request.headers["X-Amz-Target"].decode().rsplit(".", 1)[-1]
        self.calls.append(operation)
        fault = self.faults(operation)
        status, headers, body = (
            fault(lambda: self._serve(operation, request)) if fault else self._serve(operation, request)
        )
        return AWSResponse(request.url, status, headers, _Raw(body))

    def _serve(self, operation: str, request: Any) -> Answer:
        body = request.body if isinstance(request.body, bytes) else request.body.encode()
        if operation == "PutEvents":
            return self._put_events(json.loads(body)["Entries"])
        if operation == "SendMessageBatch":
            return self._send(json.loads(body)["Entries"])
        return _at_once(dynamodb_engine.handle_request(request.method, "/", _text(request.headers), body, {}))

    def _put_events(self, entries: list[dict[str, Any]]) -> Answer:
        self.events += entries
        return answer({"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in entries]})

    def _send(self, entries: list[dict[str, Any]]) -> Answer:
        self.messages += [entry["MessageBody"] for entry in entries]
        sent = [{"Id": entry["Id"], "MessageId": entry["Id"], "MD5OfMessageBody": ""} for entry in entries]
        return answer({"Successful": sent, "Failed": []})


class _Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body


def _text(headers: Any) -> dict[str, str]:
    return {
        key.lower(): value.decode() if isinstance(value, bytes) else value for key, value in headers.items()
    }


def _at_once(coroutine: Any) -> Answer:
    """The result of a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as stopped:
        result: Answer = stopped.value
        return result
    raise AssertionError("the engine waits for something")


def create_status_table(dynamodb: Any, name: str) -> None:
    """The table as the catalogue describes it to the constructs."""
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": names.PARTITION_KEY, "AttributeType": "S"},
            {"AttributeName": names.OVERDUE_INDEX_PARTITION_KEY, "AttributeType": "S"},
            {"AttributeName": names.OVERDUE_INDEX_SORT_KEY, "AttributeType": "N"},
        ],
        KeySchema=[{"AttributeName": names.PARTITION_KEY, "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": names.OVERDUE_INDEX,
                "KeySchema": [
                    {"AttributeName": names.OVERDUE_INDEX_PARTITION_KEY, "KeyType": "HASH"},
                    {"AttributeName": names.OVERDUE_INDEX_SORT_KEY, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
    )
