"""An image that is built from a Dockerfile when the fleet is deployed."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from pilotlight.spec.base import Spec
from pilotlight.spec.local_directory import LocalDirectory
from pilotlight.spec.plain_secret import plain_secrets
from pilotlight.spec.refusing import refuse_all

DOCKERFILE: Final = "Dockerfile"
"""What Docker looks for in a directory."""


def _without_secrets(value: dict[str, str]) -> dict[str, str]:
    refuse_all("build_args", value, plain_secrets(value))
    return value


class ImageBuild(Spec):
    """A directory with a Dockerfile. Deploying it takes Docker; synth does not."""

    directory: LocalDirectory
    """The directory, relative to the fleet file."""

    file: LocalDirectory = DOCKERFILE
    """The Dockerfile, relative to the directory."""

    build_args: Annotated[dict[str, str], AfterValidator(_without_secrets)] = Field({})
    """Arguments of the build. They stay readable in the image, so a secret is none."""

    target: str | None = None
    """The stage of the Dockerfile to build. Default: the last one."""
