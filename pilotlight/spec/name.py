"""Names of fleets, stages and endpoints."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from pilotlight.catalog.naming import NAME_PATTERN, is_name
from pilotlight.spec.refusing import refused

NAME_RULE: Final = "lower-case letters, digits and dashes, beginning with a letter"


def _checked(value: str) -> str:
    if not is_name(value):
        raise refused("not a name", allowed=NAME_RULE)
    return value


Name = Annotated[str, AfterValidator(_checked), Field(json_schema_extra={"pattern": f"^{NAME_PATTERN}$"})]
"""Becomes a part of the names of stacks and endpoints."""
