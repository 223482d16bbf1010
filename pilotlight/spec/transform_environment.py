"""Environment variables that a transform job adds to those of its model."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from pilotlight.catalog.batch_transform import ENVIRONMENT_ENTRIES, ENVIRONMENT_KEY, ENVIRONMENT_VALUE
from pilotlight.spec.environment import VARIABLE_PATTERN
from pilotlight.spec.refusing import refused
from pilotlight.spec.states_text import refuse_expression


def _variable(name: str) -> str:
    if re.fullmatch(VARIABLE_PATTERN, name) is None or not ENVIRONMENT_KEY.allows(len(name)):
        allowed = "letters, digits and _, not beginning with a digit"
        raise refused("not the name of a variable", allowed=allowed)
    return name


def _value(value: str) -> str:
    refuse_expression(value)
    if not ENVIRONMENT_VALUE.allows(len(value)):
        raise refused("too long", got=f"{len(value)} characters", allowed=str(ENVIRONMENT_VALUE))
    return value


def _together(variables: dict[str, str]) -> dict[str, str]:
    if not ENVIRONMENT_ENTRIES.allows(len(variables)):
        raise refused("too many variables", got=str(len(variables)), allowed=str(ENVIRONMENT_ENTRIES))
    return variables


TransformEnvironment = Annotated[
    dict[Annotated[str, AfterValidator(_variable)], Annotated[str, AfterValidator(_value)]],
    AfterValidator(_together),
]
"""Variables as CreateTransformJob takes them; nothing secret belongs there."""
