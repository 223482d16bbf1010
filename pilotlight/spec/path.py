"""Paths to the keys of a fleet."""

from __future__ import annotations

import re
from typing import Final

_STEP: Final = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")

Path = tuple[str | int, ...]
"""The keys and list positions from the root to a place."""


def dotted(path: Path) -> str:
    """Write a path as `endpoints.ticket-intent.tags[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def undotted(text: str) -> Path:
    """Read a path that `dotted` wrote; keys have neither dots nor brackets."""
    return tuple(int(number) if number else key for key, number in _STEP.findall(text))
