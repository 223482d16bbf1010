"""Reads amounts of memory as the spec holds them."""

from __future__ import annotations

from typing import Any

from aws_cdk import Size

from pilotlight_cdk.literal import MEBIBYTE, whole


def in_mebibytes(memory: Size | int | None) -> Any:
    """Give whole mebibytes; whatever is none stays as it is, to be refused."""
    return whole(memory, MEBIBYTE) if isinstance(memory, Size) and not memory.is_unresolved() else memory
