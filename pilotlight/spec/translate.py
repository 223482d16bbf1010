"""Says pydantic's faults in the user's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic_core import ErrorDetails

from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.keys import keys_at, meaning_of, reason_against
from pilotlight.spec.path import Path
from pilotlight.spec.refusal import Refusal, shown
from pilotlight.spec.refusing import REFUSED

KEY_MARK: Final = "[key]"
"""What pydantic appends to a path when a key is at fault, not its value."""

WORDS: Final[dict[str, tuple[str, str]]] = {
    "string_type": ("not text", "text"),
    "int_type": ("not a whole number", "a whole number"),
    "float_type": ("not a number", "a number"),
    "bool_type": ("neither true nor false", "true or false"),
    "dict_type": ("not a mapping", "a mapping"),
    "model_type": ("not a mapping", "a mapping"),
    "model_attributes_type": ("not a mapping", "a mapping"),
    "tuple_type": ("not a list", "a list"),
    "greater_than_equal": ("too small", "{ge} or more"),
    "greater_than": ("too small", "more than {gt:g}"),
    "less_than_equal": ("too large", "{le} or less"),
    "less_than": ("too large", "less than {lt}"),
    "literal_error": ("unknown value", "{expected}"),
    "finite_number": ("not a finite number", "a number"),
    "string_unicode": ("not text", "text"),
}
"""Pydantic's error type → what is wrong and what is allowed; `{…}` comes from its context."""


def path_of(details: ErrorDetails) -> Path:
    """Give the path to the key that is at fault."""
    path: list[str | int] = [step for step in details["loc"] if step != KEY_MARK]
    for step in details.get("ctx", {}).get("at", ()):
        if step == "..":
            path.pop()
        else:
            path.append(step)
    return tuple(path)


def in_words(root: type[Spec], data: Any, details: ErrorDetails, got: str) -> Refusal:
    """Translate one fault; file, line and path are still to be filled in.

    Args:
        root: the class that `data` was validated as.
        details: the fault.
        got: the value at fault as it should be shown.
    """
    kind, context = details["type"], details.get("ctx", {})
    if kind == REFUSED:
        got = shown(context["got"]) or got
        return Refusal("", None, "", context["what"], got, context["allowed"], context["hint"])
    path = path_of(details)
    if kind in SPECIAL:
        return SPECIAL[kind](root, data, path)
    what, allowed = WORDS.get(kind, (details["msg"].lower(), ""))
    allowed = allowed.format(**context).replace("'", "")
    return Refusal("", None, "", what, got, allowed, _hint(details, got, allowed))


def _unknown_key(root: type[Spec], data: Any, path: Path) -> Refusal:
    keys, key = keys_at(root, data, path[:-1]), str(path[-1])
    if reason := reason_against(root, data, path):
        return Refusal("", None, "", reason, shown(key), "none here")
    hint = did_you_mean(key, keys)
    return Refusal("", None, "", "unknown key", shown(key), ", ".join(keys), hint)


def _missing_key(root: type[Spec], data: Any, path: Path) -> Refusal:
    allowed, meaning = meaning_of(root, data, path)
    return Refusal("", None, "", "required key is missing", "nothing", allowed, meaning)


SPECIAL: Final[dict[str, Callable[[type[Spec], Any, Path], Refusal]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
}


def _hint(details: ErrorDetails, got: str, allowed: str) -> str:
    kind, given = details["type"], details["input"]
    if kind == "string_type" and isinstance(given, bool | int | float):
        return f'quote it: "{got}"'
    if kind == "literal_error" and isinstance(given, str):
        return did_you_mean(given, allowed.replace(" or ", ", ").split(", "))
    return ""
