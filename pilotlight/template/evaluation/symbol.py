"""What a template leaves to the deployment: a value without a value yet, that can still be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

MOST_CHARACTERS: Final = 100_000
"""Of one text: functions that repeat each other's results would otherwise fill the memory."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A value that only a deployment knows.

    Attributes:
        written: as `Fn::Sub` would write it: `${AWS::AccountId}`.
        why: nobody knows the value yet.
    """

    written: str
    why: str

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Pseudo(Symbol):
    """A parameter of AWS's own that depends on who deploys: the account."""


@dataclass(frozen=True, slots=True)
class Reference(Symbol):
    """A name, an ARN or another attribute of a resource; `attribute` is empty for `Ref`."""

    stack: str
    logical_id: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text with symbols in it."""

    parts: tuple[str | Symbol, ...]

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """What is not known of it."""
        return tuple(part for part in self.parts if isinstance(part, Symbol))


Value = Any
"""What a template says once worked out: JSON's types, `Symbol` and `Text`."""

ABSENT: Final = Symbol("${AWS::NoValue}", "removed by AWS::NoValue")
"""What stands for nothing at all: it vanishes from the mapping or the list that it is in."""


def reference(stack: str, logical_id: str, attribute: str = "") -> Reference:
    """Make the symbol of a resource, or of an attribute of it."""
    name = f"{logical_id}.{attribute}" if attribute else logical_id
    return Reference(f"${{{name}}}", "only the deployment knows it", stack, logical_id, attribute)


def joined(parts: Iterable[Value]) -> Value:
    """Put texts together; a symbol among them makes a `Text`, whatever is no text a symbol."""
    flat: list[str | Symbol] = []
    length = 0
    for part in _flattened(parts):
        length += len(str(part))
        if length > MOST_CHARACTERS:
            return Symbol("${…}", f"longer than {MOST_CHARACTERS} characters")
        if isinstance(part, str) and flat and isinstance(flat[-1], str):
            flat[-1] += part
        elif part != "":
            flat.append(part)
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else Text(tuple(flat))


def symbols_in(value: Value) -> tuple[Symbol, ...]:
    """List what is not known of a value."""
    if isinstance(value, Symbol):
        return (value,)
    return value.symbols if isinstance(value, Text) else ()


def _flattened(parts: Iterable[Value]) -> Iterable[str | Symbol]:
    for part in parts:
        if isinstance(part, Text):
            yield from part.parts
        elif isinstance(part, str | Symbol):
            yield part
        elif isinstance(part, bool):
            yield "true" if part else "false"
        elif isinstance(part, int | float):
            yield str(part)
        else:
            yield Symbol("${…}", "not text")
