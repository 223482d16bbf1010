"""Finds a part of a spec by its path, and replaces it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pilotlight.spec.base import Spec
from pilotlight.spec.path import Path

Whole = TypeVar("Whole")


def part_at(whole: Any, path: Path) -> Any:
    """Give what is at a path below `whole`, which must have it."""
    for step in path:
        whole = getattr(whole, str(step)) if isinstance(whole, Spec) else whole[step]
    return whole


def with_part(whole: Whole, path: Path, part: Any) -> Whole:
    """Give a copy of `whole` with another part at a path; nothing is validated again."""
    changed: Whole = _with(whole, path, part)
    return changed


def _with(whole: Any, path: Path, part: Any) -> Any:
    if not path:
        return part
    step, below = path[0], path[1:]
    changed = _with(part_at(whole, (step,)), below, part)
    if isinstance(whole, Spec):
        return whole.model_copy(update={str(step): changed})
    if isinstance(whole, Mapping):
        return {**whole, step: changed}
    return tuple(changed if place == step else each for place, each in enumerate(whole))
