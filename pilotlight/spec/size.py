"""Sizes with their unit: `20GiB`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.refusing import refused

SIZE_PATTERN: Final = r"^([1-9][0-9]{0,5})GiB$"
_ALLOWED: Final = "whole gibibytes with their unit, as 20GiB"


def parse_size(value: Any, info: ValidationInfo) -> int:
    """Read a size as a fleet file writes it; gives gibibytes. Python may give the whole number itself."""
    if isinstance(value, int) and not isinstance(value, bool) and info.context != FROM_FILE:
        return value
    match = re.fullmatch(SIZE_PATTERN, value) if isinstance(value, str) else None
    if match is None:
        raise refused("not a size", allowed=_ALLOWED)
    return int(match[1])


def format_size(gibibytes: int) -> str:
    """Write a size as a fleet file does."""
    return f"{gibibytes}GiB"


Size = Annotated[
    int,
    BeforeValidator(parse_size),
    PlainSerializer(format_size, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": SIZE_PATTERN, "examples": ["20GiB"]}),
]
"""Gibibytes in Python, `20GiB` in YAML and JSON."""
