"""Amounts of memory with their unit: `900MiB`, `2GiB`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.refusing import refused

MEMORY_PATTERN: Final = r"^([1-9][0-9]{0,6})(MiB|GiB)$"
_ALLOWED: Final = "a whole number with its unit, as 900MiB or 2GiB"
_MEBIBYTES: Final = {"MiB": 1, "GiB": 1024}


def parse_memory(value: Any, info: ValidationInfo) -> int:
    """Read an amount as a fleet file writes it; gives mebibytes, which Python may give as a number itself."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number and value > 0 and info.context != FROM_FILE:
        return int(value)
    match = re.fullmatch(MEMORY_PATTERN, value) if isinstance(value, str) else None
    if match is None:
        raise refused("not an amount of memory", allowed=_ALLOWED)
    return int(match[1]) * _MEBIBYTES[match[2]]


def format_memory(mebibytes: int) -> str:
    """Write an amount as a fleet file does."""
    return f"{mebibytes}MiB" if mebibytes % _MEBIBYTES["GiB"] else f"{mebibytes // _MEBIBYTES['GiB']}GiB"


Memory = Annotated[
    int,
    BeforeValidator(parse_memory),
    PlainSerializer(format_memory, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": MEMORY_PATTERN, "examples": ["900MiB", "2GiB"]}),
]
"""Mebibytes in Python, `900MiB` in YAML and JSON."""
