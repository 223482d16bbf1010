"""Refuses secrets in plain text: whoever may describe a model would read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pydantic_core import PydanticCustomError

from pilotlight.catalog.secrets import FILLED_IN, TELLTALE_NAME, TELLTALE_VALUE
from pilotlight.spec.refusing import refused

NOT_SHOWN: Final = "a value that is not shown"
IN_SECRETS_MANAGER: Final = "the name or ARN of a secret, below `secrets` of the model"
READ_BY_NAME: Final = (
    "secrets: {%s: name-of-the-secret} gives the container the name and the right to read it"
)


def plain_secrets(variables: Mapping[str, str]) -> Iterator[PydanticCustomError]:
    """Give a refusal for each variable whose value is a secret; none repeats the value."""
    for name, value in variables.items():
        if what := _why_secret(name, value):
            hint = READ_BY_NAME % name
            yield refused(what, got=NOT_SHOWN, allowed=IN_SECRETS_MANAGER, hint=hint, at=(name,))


def _why_secret(name: str, value: str) -> str:
    if re.search(FILLED_IN, value):
        return "a secret that everybody sees who may describe the model"
    if value and re.fullmatch(TELLTALE_NAME, name.upper()):
        return "a secret in plain text"
    return "looks like a secret in plain text" if re.fullmatch(TELLTALE_VALUE, value.strip()) else ""
