"""What runs on an endpoint: the container image and the model artefact."""

from __future__ import annotations

from typing import Final

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.spec.environment import Environment
from pilotlight.spec.image_choice import ImageChoice
from pilotlight.spec.read_secrets import ReadSecrets
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

    secrets: ReadSecrets = Field({})
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
