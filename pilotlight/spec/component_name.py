"""Keys of inference components: each ends the name of its component."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from pilotlight.spec.name import NAME_RULE
from pilotlight.spec.refusing import refused

COMPONENT_KEY_PATTERN: Final = "[a-z]([a-z0-9-]*[a-z0-9])?"


def _checked(value: str) -> str:
    if re.fullmatch(COMPONENT_KEY_PATTERN, value) is None:
        allowed = f"{NAME_RULE}, a letter or a digit at its end"
        raise refused("not the name of a component", got=value, allowed=allowed)
    return value


ComponentName = Annotated[
    str, AfterValidator(_checked), Field(json_schema_extra={"pattern": f"^{COMPONENT_KEY_PATTERN}$"})
]
