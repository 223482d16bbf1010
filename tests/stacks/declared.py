"""Which fields and which values of a spec a set of declarations has used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pilotlight.spec.base import Spec

Use = tuple[str, str, Any]
"""A class of the spec, one of its fields, and a value of it; SAID where it is no choice or switch."""

SAID = "said"


def uses_of(part: Any) -> Iterator[Use]:
    """Give what a declaration says that its defaults do not, in all of its parts."""
    if isinstance(part, Spec):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            choices = _choices(field.annotation)
            if choices:
                chosen = value if isinstance(value, tuple) else (value,)
                yield from ((type(part).__name__, name, one) for one in chosen if one in choices)
            elif value != field.default:
                yield type(part).__name__, name, SAID
            yield from uses_of(value)
    elif isinstance(part, Mapping):
        yield from (use for value in part.values() for use in uses_of(value))
    elif isinstance(part, tuple):
        yield from (use for value in part for use in uses_of(value))


def uses_there_are(root: type[Spec]) -> set[Use]:
    """Give what a class and all parts of it could say."""
    found: set[Use] = set()
    for part in _classes(root, set()):
        for name, field in part.model_fields.items():
            choices = _choices(field.annotation)
            found |= {(part.__name__, name, one) for one in choices} or {(part.__name__, name, SAID)}
    return found


def _classes(part: type[Spec], seen: set[type[Spec]]) -> set[type[Spec]]:
    seen.add(part)
    for field in part.model_fields.values():
        for each in _parts(field.annotation):
            if isinstance(each, type) and issubclass(each, Spec) and each not in seen:
                _classes(each, seen)
    return seen


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Give the values that an annotation names, with both of a switch."""
    literals = tuple(
        one for part in _parts(annotation) if get_origin(part) is Literal for one in get_args(part)
    )
    return literals or ((True, False) if bool in _parts(annotation) else ())


def _parts(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return (annotation,)
    return (annotation, *(each for part in get_args(annotation) for each in _parts(part)))
