"""Finds the part of a construct that several things are added to, one after the other."""

from __future__ import annotations

from typing import cast

from constructs import Construct


def child_of(scope: Construct, id: str) -> Construct:
    """Give the child of this id, which is created the first time."""
    return cast("Construct | None", scope.node.try_find_child(id)) or Construct(scope, id)
