"""A container that shares its instance with others: its name, and the model that it serves."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from pilotlight.catalog.containers import HOSTNAME_PATTERN
from pilotlight.spec.base import Spec
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refused


def _name(value: str) -> str:
    if re.fullmatch(HOSTNAME_PATTERN, value) is None:
        allowed = "63 letters, digits and single hyphens or fewer"
        raise refused("not the name of a container", got=value, allowed=allowed)
    return value


ContainerName = Annotated[
    str, AfterValidator(_name), Field(json_schema_extra={"pattern": f"^{HOSTNAME_PATTERN}$"})
]
"""What callers, metrics and logs call a container."""


class ContainerSpec(Spec):
    """One of several containers on the same instances."""

    model: ModelSpec
    """What runs in it."""


class StepSpec(Spec):
    """One of the containers that a request passes through."""

    name: ContainerName
    """What its metrics and logs call it."""

    model: ModelSpec
    """What runs in it."""
