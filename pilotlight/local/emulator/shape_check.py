"""Checks input against the service's own model, so that no limit of the API is written a second time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

Fault = tuple[str, Any, str]
"""Path, value, and the constraint that the value does not satisfy."""

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
}


def faults(shape: Shape, value: Any, path: str = "") -> Iterator[Fault]:
    """All places where `value` is not what `shape` asks for: type, required members, range, enum, pattern."""
    if isinstance(shape, StructureShape):
        yield from _structure_faults(shape, value, path)
    elif isinstance(shape, ListShape):
        yield from _list_faults(shape, value, path)
    elif isinstance(shape, MapShape):
        yield from _map_faults(shape, value, path)
    else:
        yield from _scalar_faults(shape, value, path)


def validation_message(found: list[Fault]) -> str:
    """The faults in the words of AWS's JSON services."""
    each = [
        f"Value {_shown(value)} at '{path}' failed to satisfy constraint: {constraint}"
        for path, value, constraint in found
    ]
    return f"{len(each)} validation error{'' if len(each) == 1 else 's'} detected: {'; '.join(each)}"


def _shown(value: Any) -> str:
    return "null" if value is None else repr(value)


def _structure_faults(shape: StructureShape, value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield path, value, "Member must be a structure"
        return
    for name in shape.required_members:
        if value.get(name) is None:
            yield _below(path, name), None, "Member must not be null"
    for name, member in value.items():
        if name not in shape.members:
            yield _below(path, name), member, f"Member must be one of: {sorted(shape.members)}"
        elif member is not None:
            yield from faults(shape.members[name], member, _below(path, name))


def _list_faults(shape: ListShape, value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield path, value, "Member must be a list"
        return
    yield from _range_faults(shape, value, path, len, "length")
    for index, member in enumerate(value, start=1):
        yield from faults(shape.member, member, f"{path}.{index}.member")


def _map_faults(shape: MapShape, value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield path, value, "Member must be a map"
        return
    yield from _range_faults(shape, value, path, len, "length")
    for key, member in value.items():
        yield from faults(shape.key, key, f"{path}.{key}.key")
        yield from faults(shape.value, member, f"{path}.{key}.value")


def _scalar_faults(shape: Shape, value: Any, path: str) -> Iterator[Fault]:
    allowed = _TYPES.get(shape.type_name)
    if allowed is None:
        return
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        yield path, value, f"Member must be a {shape.type_name}"
        return
    enum = shape.metadata.get("enum")
    if enum is not None and value not in enum:
        yield path, value, f"Member must satisfy enum value set: [{', '.join(enum)}]"
    if isinstance(value, str):
        yield from _range_faults(shape, value, path, len, "length")
        yield from _pattern_faults(shape, value, path)
    else:
        yield from _range_faults(shape, value, path, lambda number: number, "value")


def _range_faults(
    shape: Shape, value: Any, path: str, size: Callable[[Any], float], what: str
) -> Iterator[Fault]:
    lowest, highest = shape.metadata.get("min"), shape.metadata.get("max")
    if lowest is not None and size(value) < lowest:
        yield path, value, f"Member must have {what} greater than or equal to {lowest}"
    if highest is not None and size(value) > highest:
        yield path, value, f"Member must have {what} less than or equal to {highest}"


def _pattern_faults(shape: Shape, value: str, path: str) -> Iterator[Fault]:
    pattern = shape.metadata.get("pattern")
    compiled = None if pattern is None else _compiled(pattern)
    if compiled is not None and compiled.fullmatch(value) is None:
        yield path, value, f"Member must satisfy regular expression pattern: {pattern}"


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern, or None: AWS writes for another engine, which knows more classes and ranges."""
    try:
        return re.compile(pattern)
    except re.error:
        return None


def _below(path: str, name: str) -> str:
    member = name[:1].lower() + name[1:]
    return f"{path}.{member}" if path else member
