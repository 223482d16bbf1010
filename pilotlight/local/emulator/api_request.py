"""A call as it reaches a service of ours, and its answer: neither knows the emulator."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pilotlight.local.emulator.api_error import ApiError


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One HTTP request; header names are in lower case."""

    region: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """One HTTP answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Iterator[bytes] | None = None
    """The body of an answer that comes in parts, sent as they come; None: it is all in `body`."""

    @classmethod
    def of(
        cls, content: Mapping[str, Any], *, status: int = 200, content_type: str = "application/json"
    ) -> ApiAnswer:
        """An answer in JSON; times become epoch seconds, as in AWS's JSON protocol."""
        return cls(status, json.dumps(content, default=_plain).encode(), {"Content-Type": content_type})

    @classmethod
    def error(cls, error: ApiError, *, content_type: str = "application/json") -> ApiAnswer:
        """An error in the shape of AWS's JSON protocols: the type in the body and in a header."""
        content = {"__type": error.code, "message": error.message, **error.members}
        answer = cls.of(content, status=error.status, content_type=content_type)
        return cls(answer.status, answer.body, {**answer.headers, "x-amzn-ErrorType": error.code})


class Service(Protocol):
    """An AWS service that is added to the emulator. It is called on worker threads and may block."""

    @property
    def signing_name(self) -> str:
        """The name that clients sign their requests with."""

    @property
    def target_prefix(self) -> str:
        """What the `X-Amz-Target` header of its JSON calls begins with."""

    def answer(self, request: ApiRequest) -> ApiAnswer:
        """Answer one call."""


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.timestamp()
    msg = f"cannot be written as JSON: {type(value).__name__}"
    raise TypeError(msg)
