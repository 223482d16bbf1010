"""The variables of a container whose values are known when an app is synthesized."""

from __future__ import annotations

from pydantic import Field

from pilotlight.spec.base import Spec
from pilotlight.spec.environment import Variables


class KnownVariables(Spec):
    """Those that the rules of a fleet file can judge, while others are references to what AWS will know."""

    environment: Variables = Field({})
    """Names and values."""
