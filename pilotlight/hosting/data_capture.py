"""What data capture keeps of a request and its answer, and where."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.random_stream import RandomStream

DELIVERY_INTERVAL: Micros = MINUTE
"""How long captured data waits, together with what comes after it, before it is written."""

_PERCENT = 100
_VERSION = "0"


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """Which share of the requests is kept, and what of them.

    percentage: of the requests. csv_types, json_types: content types whose text is kept as it is.
    """

    percentage: int
    keeps_input: bool = True
    keeps_output: bool = True
    csv_types: frozenset[str] = frozenset()
    json_types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Payload:
    """A body and the content type that was seen with it."""

    body: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, its answer, and what tells them from others. at: when it came, in UTC."""

    request: Payload
    answer: Payload
    at: datetime
    event_id: str
    inference_id: str | None = None


def is_captured(settings: CaptureSettings, random: RandomStream) -> bool:
    """Whether the next request is kept."""
    return random.random() * _PERCENT < settings.percentage


def captured(settings: CaptureSettings, exchange: Exchange) -> dict[str, Any]:
    """The record of an exchange: one line of a file."""
    data = {}
    if settings.keeps_input:
        data["endpointInput"] = _side(settings, exchange.request, "INPUT")
    if settings.keeps_output:
        data["endpointOutput"] = _side(settings, exchange.answer, "OUTPUT")
    metadata = {"eventId": exchange.event_id}
    if exchange.inference_id is not None:
        metadata["inferenceId"] = exchange.inference_id
    metadata["inferenceTime"] = f"{exchange.at:%Y-%m-%dT%H:%M:%SZ}"
    return {"captureData": data, "eventMetadata": metadata, "eventVersion": _VERSION}


def capture_key(endpoint: str, variant: str, at: datetime, name: str) -> str:
    """Where a file of records is kept, below the destination: by the hour in which the requests came.

    name: tells it from the other files of the hour.
    """
    return f"{endpoint}/{variant}/{at:%Y/%m/%d/%H}/{at:%M-%S}-{at.microsecond // 1000:03d}-{name}.jsonl"


def _side(settings: CaptureSettings, payload: Payload, mode: str) -> Mapping[str, str]:
    encoding, data = _encoded(settings, payload)
    observed = {} if payload.content_type is None else {"observedContentType": payload.content_type}
    return {**observed, "mode": mode, "data": data, "encoding": encoding}


def _encoded(settings: CaptureSettings, payload: Payload) -> tuple[str, str]:
    media = (payload.content_type or "").partition(";")[0].strip().lower()
    kinds = (("CSV", settings.csv_types), ("JSON", settings.json_types))
    encoding = next((kind for kind, types in kinds if media in {each.lower() for each in types}), None)
    if encoding is not None:
        try:
            return encoding, payload.body.decode()
        except UnicodeDecodeError:
            pass  # it is not what it says
    return "BASE64", base64.b64encode(payload.body).decode()
