"""Knows which keys a place of a fleet has, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from pilotlight.spec.base import Spec
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.path import Path

WORDS: Final = {bool: "true or false", int: "a whole number", float: "a number"}
"""What a file writes for a plain value; the rest is text."""


def keys_at(root: type[Spec], data: Any, path: Path) -> tuple[str, ...]:
    """List the keys that the mapping at `path` of `data` may have; empty when any key is fine."""
    place = _class_at(root, data, path)
    return () if place is None else tuple(place.model_fields)


def reason_against(root: type[Spec], data: Any, path: Path) -> str:
    """Say why a place must not have the key at the end of `path`; empty when the key is merely unknown."""
    place = _class_at(root, data, path[:-1])
    return "" if place is None else place.NOT_HERE.get(str(path[-1]), "")


def meaning_of(root: type[Spec], data: Any, path: Path) -> tuple[str, str]:
    """Say what a key takes, and what it is for: the first sentence of its documentation."""
    place = _class_at(root, data, path[:-1])
    field = None if place is None else place.model_fields.get(str(path[-1]))
    if field is None:
        return "a value", ""
    sentence = (field.description or "").partition("\n")[0].removesuffix(".")
    return _what(field), sentence[:1].lower() + sentence[1:]


def _what(field: FieldInfo) -> str:
    """Say what a file writes for a field."""
    parts = (*_parts(field.annotation), *field.metadata)
    units = next((part.json_schema for part in parts if isinstance(part, WithJsonSchema)), None)
    if units is not None and "examples" in units:
        return f"text, as {units['examples'][0]}"
    choice = next((part for part in parts if get_origin(part) is Literal), None)
    if choice is not None:
        return " or ".join(get_args(choice))
    if any(get_origin(part) is tuple for part in parts):
        return "a list"
    if any(get_origin(part) is dict or (isinstance(part, type) and issubclass(part, Spec)) for part in parts):
        return "a mapping"
    return next((word for kind, word in WORDS.items() if kind in parts), "text")


def _class_at(root: type[Spec], data: Any, path: Path) -> type[Spec] | None:
    annotation: Any = root
    for step in path:
        annotation = _below(annotation, data, step)
        data = data.get(step) if isinstance(data, Mapping) else None
    return _class_of(annotation, data)


def _below(annotation: Any, data: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return annotation  # an item of a list: the classes are those of the list's annotation
    for part in _parts(annotation):
        if get_origin(part) is dict:
            return get_args(part)[1]
    place = _class_of(annotation, data)
    field = None if place is None else place.model_fields.get(str(step))
    return None if field is None else Annotated[(field.annotation, *field.metadata, "")]


def _class_of(annotation: Any, data: Any) -> type[Spec] | None:
    parts = tuple(_parts(annotation))
    choice = next((part for part in parts if isinstance(part, OneOf)), None)
    if choice is not None:
        return choice.class_for(data)
    return next((part for part in parts if isinstance(part, type) and issubclass(part, Spec)), None)


def _parts(annotation: Any) -> Iterator[Any]:
    """Give what an annotation is made of, without looking into mappings."""
    yield annotation
    if get_origin(annotation) is not dict:
        for part in get_args(annotation):
            yield from _parts(part)
