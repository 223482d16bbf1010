"""Breaks a valid declaration in every way that its types and limits forbid, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BeforeValidator

from pilotlight.catalog.limits import INT32_MAXIMUM
from pilotlight.spec.base import Spec
from pilotlight.spec.latency import parse_latency
from pilotlight.spec.memory import parse_memory
from pilotlight.spec.size import parse_size
from pilotlight.spec.within import Within

Key = str | int

UNITS = {parse_memory: "MiB", parse_size: "GiB"}
CHOOSERS = {"kind", "track", "policy"}
"""Keys that say what a mapping is: with another one it would be wrong in many ways at once."""


@dataclass(frozen=True)
class Broken:
    """One key with a value that it cannot have, and what is wrong then."""

    path: tuple[Key, ...]
    value: Any
    what: str


def broken_keys(part: Spec, path: tuple[Key, ...] = ()) -> Iterator[Broken]:
    """Give every single fault of a part of a fleet, of its keys that are there and those that are not."""
    yield Broken((*path, "no_such_key"), 1, "unknown key")
    for name, field in type(part).model_fields.items():
        parts = tuple(each for one in (field.annotation, *field.metadata) for each in _parts(one))
        if name not in CHOOSERS:
            yield from (Broken((*path, name), *fault) for fault in _faults(parts))
        yield from _within(getattr(part, name), (*path, name))


def _within(value: Any, path: tuple[Key, ...]) -> Iterator[Broken]:
    if isinstance(value, Spec):
        yield from broken_keys(value, path)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _within(each, (*path, key))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _within(each, (*path, number))


def _faults(parts: tuple[Any, ...]) -> Iterator[tuple[Any, str]]:
    yield from _of_another_type(parts)
    limits = [part.limit for part in parts if isinstance(part, Within)]
    unit = next((UNITS[reader] for reader in _readers(parts) if reader in UNITS), "")
    for limit in limits:
        if limit.minimum is not None and limit.minimum > bool(unit):  # nobody can write 0GiB
            yield _written(limit.minimum - 1, parts, unit), "out of range"
        if limit.maximum is not None and limit.maximum < INT32_MAXIMUM:
            yield _written(limit.maximum + 1, parts, unit), "out of range"


def _written(number: int, parts: tuple[Any, ...], unit: str) -> Any:
    return f"{number}s" if timedelta in parts else f"{number}{unit}" if unit else number


def _of_another_type(parts: tuple[Any, ...]) -> Iterator[tuple[Any, str]]:
    """Give a value that no alternative of the annotation could mean."""
    if any(get_origin(part) is Literal for part in parts):
        yield "no-such-value", "unknown value"
    elif timedelta in parts:
        yield "a fortnight", "not a latency" if parse_latency in _readers(parts) else "not a duration"
    elif bool in parts:
        yield "maybe", "neither true nor false"
    elif int in parts and not any(isinstance(part, BeforeValidator) for part in parts):
        yield 1.5, "not a whole number"
    elif float in parts:
        yield "many", "not a number"
    elif any(get_origin(part) is dict for part in parts) or any(
        isinstance(part, type) and issubclass(part, Spec) for part in parts
    ):
        yield "nothing", "not a mapping"


def _readers(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part.func for part in parts if isinstance(part, BeforeValidator))


def _parts(annotation: Any) -> Iterator[Any]:
    """Give what an annotation is made of, without looking into mappings and lists."""
    yield annotation
    if get_origin(annotation) not in {dict, tuple, Literal}:
        yield from (each for part in get_args(annotation) if part is not NoneType for each in _parts(part))
