"""Reads a scalar of a fleet file, more strictly than YAML does."""

from __future__ import annotations

import math
import re
from typing import Any, Final

import yaml

YAML: Final = "tag:yaml.org,2002:"
PLAIN_WHOLE_NUMBER: Final = r"[-+]?(0|[1-9][0-9]{0,17})"
"""Not YAML's octal, hexadecimal, binary, underscored or sexagesimal ones, nor longer than 64 bits."""

REFERENCE: Final = re.compile(r"[$#]\{Token\[|\$\{AWS::")
"""How a value begins that something else fills in: the CDK (aws-cdk-lib 2.275, Token), or CloudFormation."""

_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Unreadable(ValueError):  # noqa: N818 (its name says what happened)
    """A scalar means nothing that a fleet file can say; the arguments are what, allowed, hint."""

    def __init__(self, what: str, allowed: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.allowed, self.hint = what, allowed, hint


def read_scalar(node: yaml.ScalarNode) -> Any:
    """Give a string, a number, a truth value or None. Raises Unreadable."""
    text: str = node.value
    match node.tag.removeprefix(YAML):
        case "str" | "timestamp":
            return _without_references(text)
        case "null":
            return None
        case "bool":
            return _truth(text)
        case "int":
            return _whole(text)
        case "float":
            return _finite(text)
        case tag:
            raise Unreadable(f"a tag, {tag}", "none")


def _without_references(text: str) -> str:
    if REFERENCE.search(text) is not None:
        raise Unreadable("a reference, which nothing fills in here", "the value itself, written out")
    return text


def _truth(text: str) -> bool:
    if text.lower() not in _WORDS:
        raise Unreadable("neither true nor false", "true or false")
    return _WORDS[text.lower()]


def _whole(text: str) -> int:
    if re.fullmatch(PLAIN_WHOLE_NUMBER, text) is None:
        hint = f'quote it if it is text: "{text}"' if len(text) < 40 else ""  # noqa: PLR2004 (a line's worth)
        raise Unreadable("not a plain whole number", "at most 18 digits, without leading zeros", hint)
    return int(text)


def _finite(text: str) -> float:
    try:
        number = float(text.replace("_", ""))
    except ValueError:
        number = math.nan  # .inf, .nan and numbers with colons
    if not math.isfinite(number):
        raise Unreadable("not a finite number", "a decimal number")
    return number
