"""Paths to the keys of a fleet."""

from __future__ import annotations

Path = tuple[str | int, ...]
"""The keys and list positions from the root to a place."""


def dotted(path: Path) -> str:
    """Write a path as `endpoints.ticket-intent.tags[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
