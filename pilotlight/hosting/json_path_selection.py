"""What a JSONPath of a transform job selects of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pilotlight.spec.json_path import Indexes, Names, Range, Step, Wildcard


class NothingSelectedError(LookupError):
    """A path names something that the record does not have."""


def selected(steps: Sequence[Step], value: Any) -> Any:
    """Follow a path into a JSON value. Raises NothingSelectedError."""
    for step in steps:
        value = _followed(step, value)
    return value


def _followed(step: Step, value: Any) -> Any:
    match step:
        case Names(names=(name,)):
            return _member(value, name)
        case Names(names=names):
            return {name: _member(value, name) for name in names}
        case Indexes(indexes=(int() as index,)):
            return _element(value, index)
        case Indexes(indexes=indexes):
            return [each for index in indexes for each in _elements(value, index)]
        case Wildcard():
            return [*value.values()] if isinstance(value, dict) else [*_list(value)]


def _member(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise NothingSelectedError(f"the record has no attribute {name}")
    return value[name]


def _element(value: Any, index: int) -> Any:
    elements = _list(value)
    if not -len(elements) <= index < len(elements):
        raise NothingSelectedError(f"the record has {len(elements)} elements and none with index {index}")
    return elements[index]


def _elements(value: Any, index: int | Range) -> Iterator[Any]:
    if isinstance(index, int):
        yield _element(value, index)
        return
    elements = _list(value)
    start = 0 if index.start is None else _counted(index.start, len(elements))
    end = len(elements) - 1 if index.end is None else _counted(index.end, len(elements))
    yield from elements[start : end + 1]


def _counted(index: int, length: int) -> int:
    return max(index + length, 0) if index < 0 else index


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NothingSelectedError("the record is no list")
    return value
