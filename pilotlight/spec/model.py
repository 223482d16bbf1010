"""What runs on an endpoint: the container image and the model artefact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog.model_layouts import runs_code
from pilotlight.spec.environment import Environment
from pilotlight.spec.image_choice import ImageChoice
from pilotlight.spec.model_secrets import ModelSecrets, secret_variables
from pilotlight.spec.refusing import refused
from pilotlight.spec.source import Source, is_prefix

WORDS: Final = {"jumpstart": "JumpStart model", "model_package": "model package"}
"""Key of an image that is not alone → what it is."""


class ModelSpec(ImageChoice):
    """A container image and the artefact it serves."""

    source: Source | None = None
    """The model: a directory relative to the fleet file, an S3 prefix, or a tarball in S3.

    Default: nothing, for images that bring or download their model.
    """

    environment: Environment = Field({})
    """Environment variables of the container; those of a JumpStart model are kept unless given here."""

    network_isolation: bool = True
    """Cut the container off from every network; SageMaker still fetches the artefact."""

    secrets: ModelSecrets = Field({})
    """Variable → the secret in AWS Secrets Manager that holds its value; the container reads it itself.

    `HF_TOKEN: prod/hugging-face` gives the container HF_TOKEN_SECRET_ID and the right to read that secret.
    """

    accept_eula: bool = False
    """Accept the licence of a gated model in S3, or of a JumpStart model."""

    @property
    def needs_network(self) -> bool:
        """Whether the model lives in the fleet's network: its container, or the way to its image."""
        return not self.network_isolation or self.private_registry is not None

    @field_validator("source")
    @classmethod
    def _not_beside_another(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            for key, what in WORDS.items():
                if info.data.get(key) is not None:
                    raise refused(f"a {what} brings its own artefact", allowed=f"no source beside {key}")
        return value

    @field_validator("environment")
    @classmethod
    def _not_of_a_package(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if value and info.data.get("model_package") is not None:
            got = ", ".join(value)
            raise refused("a model package has its own variables", got=got, allowed="no environment")
        return value

    @field_validator("secrets")
    @classmethod
    def _that_somebody_reads(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if value:
            refuse_unread(value, info.data)
        return value

    @field_validator("accept_eula")
    @classmethod
    def _of_something_in_s3(cls, value: bool, info: ValidationInfo) -> bool:
        if not value or not info.data.keys() >= {"jumpstart", "source"}:
            return value
        source = info.data["source"]
        if info.data["jumpstart"] is None and (source is None or not is_prefix(source)):
            allowed = "true with jumpstart, or with a prefix in S3 as source"
            raise refused("accepts the licence of nothing", allowed=allowed)
        return value


def refuse_unread(secrets: dict[str, str], given: Mapping[str, Any]) -> None:
    """Raise when a container does not read its secrets, by what else is `given` of its model."""
    got = ", ".join(secrets)
    if given.get("network_isolation") is True:
        what, hint = "a container without a network cannot ask Secrets Manager", "network_isolation: false"
        raise refused(what, got=got, allowed="no secrets", hint=hint)
    framework = given.get("framework")
    brings_files = given.get("jumpstart") is not None or given.get("model_package") is not None
    if brings_files or (framework is not None and not runs_code(framework)):
        hint = "copy the weights to S3 and name them as source, or build an image of your own that reads it"
        raise refused("nothing in this image reads a secret", got=got, allowed="no secrets", hint=hint)
    clash = sorted({*secrets, *secret_variables(secrets)} & {*given.get("environment", {})})
    if clash:
        what = "a variable that is a secret too"
        raise refused(what, got=", ".join(clash), allowed="each variable once", at=("..", "environment"))
