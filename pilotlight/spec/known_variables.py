"""What is known of a container's files, variables and secrets when an app is synthesized."""

from __future__ import annotations

from pydantic import Field

from pilotlight.spec.base import Spec
from pilotlight.spec.environment import Variables
from pilotlight.spec.read_secrets import ReadSecrets
from pilotlight.spec.source import Source


class KnownVariables(Spec):
    """The part of a model that the rules of a fleet file can judge, while others are references."""

    framework: str | None = None
    """Whose image it is. Default: it is nobody's we know."""

    model_package: str | None = None
    """The model package that it is. Default: it is none."""

    artifact: Source | None = None
    """Where its files are in S3. Default: nobody knows, or they are not there yet."""

    environment: Variables = Field({})
    """Names and values."""

    secrets: ReadSecrets = Field({})
    """Variable → the secret that holds its value."""
