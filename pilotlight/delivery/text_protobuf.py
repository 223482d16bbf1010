"""Writes protobuf's text format: the few forms that a configuration of Triton needs.

The libraries that write it want the classes of Triton's messages, and these come only with gRPC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A value of an enumeration, which stands without quotes."""

    text: str


Message: TypeAlias = Sequence[tuple[str, "Value"]]
"""Fields in their order; a repeated field of messages occurs several times."""

Value: TypeAlias = str | int | bool | Word | Sequence[int] | Message

INDENT: Final = "  "

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text_protobuf(message: Message) -> str:
    """Write a message, one field a line."""
    return "".join(f"{line}\n" for line in _lines(message, ""))


def entries(field: str, values: Mapping[str, str], wrap: str | None = None) -> Message:
    """Give the fields of a map from text to text, or to messages whose one field `wrap` holds the text."""
    return [
        (field, [("key", key), ("value", value if wrap is None else [(wrap, value)])])
        for key, value in values.items()
    ]


def _lines(message: Message, indent: str) -> Iterator[str]:
    for name, value in message:
        if isinstance(value, (list, tuple)) and value and isinstance(value[0], tuple):
            yield f"{indent}{name} {{"
            yield from _lines(value, indent + INDENT)
            yield f"{indent}}}"
        elif isinstance(value, (list, tuple)) and not value:
            yield f"{indent}{name} {{ }}"
        else:
            yield f"{indent}{name}: {_scalar(value)}"


def _scalar(value: Value) -> str:
    if isinstance(value, Word):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if isinstance(value, int):
        return str(value)
    return f"[{', '.join(str(number) for number in value)}]"


def _escaped(text: str) -> str:
    """Escape as the text format does: what is not printable ASCII as octal bytes of UTF-8."""
    return "".join(
        _ESCAPES.get(character)
        or (character if " " <= character <= "~" else "".join(f"\\{byte:03o}" for byte in character.encode()))
        for character in text
    )
