"""Reads keywords as the spec holds them, and refuses references that only CloudFormation could resolve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from aws_cdk import Duration, Size, SizeRoundingBehavior, Token

from pilotlight.spec import FleetRefused, Refusal

ENCODED_REFERENCE: Final = -1e200
"""Numbers below it are references in the encoding of the CDK, which has them near -1.9e289."""

MEBIBYTE: Final = 1
GIBIBYTE: Final = 1024
"""What sizes are counted in, as mebibytes."""


def refuse_tokens(where: object, values: Mapping[str, object]) -> None:
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
    """Give a keyword's value as the spec holds it: durations as timedelta, sizes in whole gibibytes.

    Sizes that are no whole gibibytes become text, which the spec refuses and shows.
    """
    match value:
        case Duration():
            return timedelta(milliseconds=value.to_milliseconds())
        case Size():
            return whole(value, GIBIBYTE)
        case Mapping():
            return dict(value)
        case _:
            return value


def whole(size: Size, unit: int) -> int | str:
    """Give how many units a size is; as text when it is no whole number of them."""
    mebibytes = size.to_mebibytes(rounding=SizeRoundingBehavior.NONE)
    count = mebibytes / unit
    return int(count) if count.is_integer() else f"{mebibytes:g} MiB"


def may_be_token(value: str | float) -> bool:
    """Tell whether it is worth asking the CDK, in Node, whether a value is a reference.

    The CDK writes references into text as `${Token[…]}`.
    """
    return "${Token[" in value if isinstance(value, str) else value < ENCODED_REFERENCE


def _is_token(value: object) -> bool:
    match value:
        case Duration() | Size():
            return value.is_unresolved()
        case str() | int() | float():
            return may_be_token(value) and Token.is_unresolved(value)
        case Mapping():
            return any(_is_token(part) for pair in value.items() for part in pair)
        case Sequence():
            return any(_is_token(part) for part in value)
        case _:
            return False
