"""Accounts of AWS."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from pilotlight.spec.refusing import refused


def _account(value: str) -> str:
    if re.fullmatch("[0-9]{12}", value) is None:
        raise refused("not an account", allowed="twelve digits")
    return value


Account = Annotated[str, AfterValidator(_account), Field(json_schema_extra={"pattern": "^[0-9]{12}$"})]
"""Twelve digits, as text."""
