"""Reads amounts of memory as the spec holds them."""

from __future__ import annotations

from aws_cdk import Size


def in_mebibytes(memory: Size | int) -> Size | int:
    """Give whole mebibytes; a reference stays what it is, to be refused."""
    if isinstance(memory, int) or memory.is_unresolved():
        return memory
    return int(memory.to_mebibytes())
