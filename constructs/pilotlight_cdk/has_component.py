"""Refuses, at synth, an endpoint that nobody has added a component to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsii
from constructs import IValidation


@jsii.implements(IValidation)
class HasComponent:
    """Looks at the components when all of them should be there."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components

    def validate(self) -> list[str]:
        """Say what is wrong."""
        return [] if self._components else ["has no component, allowed one or more: add_component"]
