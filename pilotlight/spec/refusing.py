"""Lets a rule of the spec refuse a value in the user's words: what, got, allowed, hint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from pilotlight.spec.path import Path

REFUSED: Final = "refused"
"""The pydantic error type of our own rules; its context is what a Refusal is made of."""


def refused(
    what: str, *, got: str = "", allowed: str = "", hint: str = "", at: Path = ()
) -> PydanticCustomError:
    """Build the error that a validator raises.

    Args:
        what: is wrong.
        got: is said instead of the value that was validated.
        allowed: would have been fine.
        hint: helps to get there.
        at: leads from the validated value to the key that is at fault.
    """
    message = what + (f", allowed {allowed}" if allowed else "") + (f" ({hint})" if hint else "")
    said = {"what": what, "got": got, "allowed": allowed, "hint": hint, "at": at}
    return _fault({"message": message, **said})


def all_of(name: str, errors: list[InitErrorDetails]) -> ValidationError:
    """Make one error of many, for a validator that looks at several things."""
    return ValidationError.from_exception_data(name, errors)


def refuse_all(name: str, value: Any, faults: Iterable[PydanticCustomError]) -> None:
    """Raise all faults of one value together, if there are any."""
    errors = [InitErrorDetails(type=fault, input=value) for fault in faults]
    if errors:
        raise all_of(name, errors)


def again(error: ValidationError) -> list[InitErrorDetails]:
    """Take an error apart so that its faults can be raised together with others."""
    return [_again(details) for details in error.errors(include_url=False)]


def _fault(context: dict[str, Any]) -> PydanticCustomError:
    """Give an error whose message, which who builds a part in Python reads, says what is allowed too."""
    return PydanticCustomError(REFUSED, "{message}", context)


def _again(details: ErrorDetails) -> InitErrorDetails:
    kind: str | PydanticCustomError = details["type"]
    context: dict[str, Any] = details.get("ctx", {})
    if kind == REFUSED:
        kind = _fault(context)
    return InitErrorDetails(type=kind, loc=details["loc"], input=details["input"], ctx=context)
