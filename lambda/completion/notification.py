"""Reads one queue message: how a request ended, as SageMaker or the sweeper tells it. Pure.

Shape: SageMaker Developer Guide, Monitor asynchronous endpoint, within the envelope SNS puts around it (a
message delivered raw is read too). Only `inferenceId` and `invocationStatus` are required: a shape AWS
changes elsewhere must not cost an answer. Included responses are never read, so they reach neither the row
nor the log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from aws_lambda_powertools.utilities.jmespath_utils import query

FINAL = ("Completed", "Failed", "Expired")
INFERENCE_ID_LENGTH = 64
REASON_LENGTH = 4_096
"""Characters kept of a reason, so that row and event stay far below the 400 KB and 256 KB AWS accepts."""
TEXT_LENGTH = 2_048
"""Longer names and locations do not exist in AWS; clipping one would make it wrong."""

FACTS = """{
    endpointName: requestParameters.endpointName,
    inputLocation: requestParameters.inputLocation,
    outputLocation: responseParameters.outputLocation,
    failureLocation: failureLocation || responseParameters.failureLocation,
    failureReason: failureReason,
    receivedAt: receivedTime,
    endedAt: eventTime
}"""


class MalformedMessageError(ValueError):
    """The message is nothing this function knows; says what is wrong and never what was in it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How one request ended. `facts` are attributes of its row, by the names of the status table."""

    inference_id: str
    status: str
    facts: dict[str, str | Decimal] = field(default_factory=dict)


def read(body: str) -> Ending | None:
    """The ending a queue message tells, None for SageMaker's test notification.

    Raises:
        MalformedMessageError: the message is not of a known shape.
    """
    message = _parsed(body)
    if isinstance(message, dict) and message.get("Type") == "Notification":
        message = _parsed(message.get("Message"))
    if not isinstance(message, dict):
        raise MalformedMessageError(f"message is {type(message).__name__}, allowed is an object")
    if message.get("eventName") == "TestNotification":
        return None
    return Ending(
        _inference_id(message.get("inferenceId")), _status(message.get("invocationStatus")), _facts(message)
    )


def _parsed(text: object) -> object:
    if not isinstance(text, str):
        raise MalformedMessageError(f"message is {type(text).__name__}, allowed is text")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedMessageError("message is not readable JSON") from error


def _inference_id(value: object) -> str:
    if (
        not isinstance(value, str)
        or not value.strip()
        or not value.isprintable()
        or len(value) > INFERENCE_ID_LENGTH
    ):
        raise MalformedMessageError(f"inferenceId is not 1 to {INFERENCE_ID_LENGTH} printable characters")
    return value


def _status(value: object) -> str:
    if not isinstance(value, str) or value not in FINAL:
        raise MalformedMessageError(f"invocationStatus is none of {', '.join(FINAL)}")
    return value


def _facts(message: dict[str, object]) -> dict[str, str | Decimal]:
    found = {name: value for name, value in query(message, FACTS).items() if isinstance(value, str) and value}
    received, ended = _instant(found.get("receivedAt")), _instant(found.get("endedAt"))
    unread = {name for name, instant in (("receivedAt", received), ("endedAt", ended)) if instant is None}
    facts: dict[str, str | Decimal] = {
        name: _text(name, text) for name, text in found.items() if name not in unread
    }
    if received is not None and ended is not None and received <= ended:
        facts["totalSeconds"] = Decimal(str((ended - received).total_seconds()))
    return facts


def _text(name: str, value: str) -> str:
    readable = value.encode("utf-8", "replace").decode()
    if name == "failureReason":
        return readable[:REASON_LENGTH]
    if len(readable) > TEXT_LENGTH:
        raise MalformedMessageError(f"{name} has {len(readable)} characters, allowed are {TEXT_LENGTH}")
    return readable


def _instant(text: str | None) -> datetime | None:
    """The moment an ISO 8601 text names, None where it names none or leaves the time zone open."""
    try:
        instant = datetime.fromisoformat(text) if text is not None else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None
