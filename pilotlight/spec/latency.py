"""Latencies with their unit: `500ms`, `2s`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from pilotlight.spec.refusing import refused

LATENCY_PATTERN: Final = r"^([1-9][0-9]{0,8})(ms|s)$"
_ALLOWED: Final = "a whole number with its unit, as 500ms or 2s"
_MILLISECOND: Final = timedelta(milliseconds=1)


def parse_latency(value: Any) -> timedelta:
    """Read a latency as a fleet file writes it; a timedelta of whole milliseconds is taken as it is."""
    latency = value if isinstance(value, timedelta) else _parsed(value)
    if latency is None or latency < _MILLISECOND or latency % _MILLISECOND:
        raise refused("not a latency", allowed=_ALLOWED)
    return latency


def format_latency(latency: timedelta) -> str:
    """Write a latency as a fleet file does."""
    milliseconds = latency // _MILLISECOND
    return f"{milliseconds}ms" if milliseconds % 1000 else f"{milliseconds // 1000}s"


def _parsed(value: Any) -> timedelta | None:
    match = re.fullmatch(LATENCY_PATTERN, value) if isinstance(value, str) else None
    return None if match is None else int(match[1]) * timedelta(milliseconds=1000 if match[2] == "s" else 1)


Latency = Annotated[
    timedelta,
    BeforeValidator(parse_latency),
    PlainSerializer(format_latency, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": LATENCY_PATTERN, "examples": ["500ms", "2s"]}),
]
"""A timedelta in Python, `500ms` in YAML and JSON; AWS publishes latencies in microseconds."""
