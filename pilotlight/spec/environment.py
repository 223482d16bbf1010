"""Environment variables of a container."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.catalog.limits import ENVIRONMENT_ENTRIES, ENVIRONMENT_TEXT, ENVIRONMENT_TOTAL
from pilotlight.spec.plain_secret import plain_secrets
from pilotlight.spec.refusing import refuse_all, refused

VARIABLE_PATTERN: Final = r"[a-zA-Z_][a-zA-Z0-9_]*"
"""What SageMaker takes as the name of a variable (botocore 1.44.5, CreateModel)."""


def size_of(variables: Mapping[str, str]) -> int:
    """Give the bytes that SageMaker counts: of names and values."""
    return sum(len(name.encode()) + len(value.encode()) for name, value in variables.items())


def variable(value: str) -> str:
    """Give the name of a variable. Raises when SageMaker takes no such name."""
    if re.fullmatch(VARIABLE_PATTERN, value) is None:
        raise refused(
            "not the name of a variable", allowed="letters, digits and _, not beginning with a digit"
        )
    return _text(value)


def _text(value: str) -> str:
    if not ENVIRONMENT_TEXT.allows(len(value.encode())):
        raise refused("too long", got=f"{len(value.encode())} bytes", allowed=str(ENVIRONMENT_TEXT))
    return value


def _together(variables: dict[str, str]) -> dict[str, str]:
    if not ENVIRONMENT_ENTRIES.allows(len(variables)):
        raise refused("too many variables", got=str(len(variables)), allowed=str(ENVIRONMENT_ENTRIES))
    if not ENVIRONMENT_TOTAL.allows(size := size_of(variables)):
        raise refused("too long in total", got=f"{size} bytes", allowed=str(ENVIRONMENT_TOTAL))
    return variables


def _without_secrets(variables: dict[str, str]) -> dict[str, str]:
    refuse_all("environment", variables, plain_secrets(variables))
    return variables


Variables = Annotated[
    dict[Annotated[str, AfterValidator(variable)], Annotated[str, AfterValidator(_text)]],
    AfterValidator(_together),
]
"""Variables as SageMaker takes them."""

Environment = Annotated[Variables, AfterValidator(_without_secrets)]
"""The same, and nothing in them is a secret."""
