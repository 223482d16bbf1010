"""Reads keywords as the spec holds them, and refuses references that only CloudFormation could resolve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from aws_cdk import Duration, Size, Token

from pilotlight.spec import FleetRefused, Refusal


def refuse_tokens(where: str, values: Mapping[str, object]) -> None:
    """Raise FleetRefused, naming all values that are not known when the app is synthesized.

    Args:
        where: path of the construct, for the message.
        values: what was given, by keyword.
    """
    refusals = tuple(
        Refusal(
            "",
            None,
            f"{where}.{name}",
            "must be known when the app is synthesized",
            got="a reference that CloudFormation resolves later",
            allowed="a literal value",
        )
        for name, value in values.items()
        if _is_token(value)
    )
    if refusals:
        raise FleetRefused(refusals)


def literal(value: Any) -> Any:
    """Give a keyword's value as the spec holds it: durations as timedelta, sizes in whole gibibytes."""
    match value:
        case Duration():
            return timedelta(milliseconds=value.to_milliseconds())
        case Size():
            return int(value.to_gibibytes())
        case Mapping():
            return dict(value)
        case _:
            return value


def _is_token(value: object) -> bool:
    match value:
        case Duration() | Size():
            return value.is_unresolved()
        case str() | int() | float():
            return Token.is_unresolved(value)
        case Mapping():
            return any(_is_token(part) for pair in value.items() for part in pair)
        case Sequence():
            return any(_is_token(part) for part in value)
        case _:
            return False
