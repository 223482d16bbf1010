"""What runs on an endpoint: the container image and the model artefact."""

from __future__ import annotations

from typing import Final

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog.images import (
    ALIASES,
    UnknownImage,
    framework_processors,
    framework_versions,
    frameworks,
)
from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.environment import Environment
from pilotlight.spec.image import EcrImage, ImageUri
from pilotlight.spec.jumpstart_id import JumpStartId
from pilotlight.spec.refusing import refused
from pilotlight.spec.source import Source, is_local

IMAGE_KEYS: Final = ("framework", "image", "ecr", "jumpstart")


class ModelSpec(Spec):
    """A container image, given in exactly one of four ways, and the artefact it serves."""

    framework: str | None = Field(None, json_schema_extra={"examples": list(frameworks())})
    """Take AWS's image for this framework; with `version`."""

    version: str | None = None
    """The version of the framework, as text: "1.4-2"."""

    image: ImageUri | None = None
    """Take the image at this URI."""

    ecr: EcrImage | None = None
    """Take an image of the fleet's own account."""

    jumpstart: JumpStartId | None = None
    """Take image, artefact and environment of this SageMaker JumpStart model out of jumpstart.lock.json.

    `pilotlight jumpstart lock MODEL_ID` writes that file, beside the fleet file.
    """

    source: Source | None = None
    """The model: a directory relative to the fleet file, an S3 prefix, or a tarball in S3.

    Default: nothing, for images that bring or download their model.
    """

    environment: Environment = Field({})
    """Environment variables of the container; those of a JumpStart model are kept unless given here."""

    network_isolation: bool = True
    """Cut the container off from every network; SageMaker still fetches the artefact."""

    accept_eula: bool = False
    """Accept the licence of a gated model in S3, or of a JumpStart model."""

    @field_validator("framework")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is None or value in frameworks() or value in ALIASES:
            return value
        hint = did_you_mean(value, (*frameworks(), *ALIASES))
        raise refused("unknown framework", allowed=", ".join(frameworks()), hint=hint)

    @field_validator("version")
    @classmethod
    def _of_the_framework(cls, value: str | None, info: ValidationInfo) -> str | None:
        framework = info.data.get("framework")
        if "framework" in info.data and (value is None) != (framework is None):
            raise _half_given(framework)
        if value is not None and framework is not None:
            _published(framework, value)
        return value

    @field_validator("jumpstart")
    @classmethod
    def _exactly_one_image(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.keys() >= {"framework", "image", "ecr"}:
            images = (info.data["framework"], info.data["image"], info.data["ecr"], value)
            given = [key for key, image in zip(IMAGE_KEYS, images, strict=True) if image is not None]
            if len(given) != 1:
                got = " and ".join(given) or "none of them"
                raise refused("needs exactly one image", got=got, allowed=" or ".join(IMAGE_KEYS), at=("..",))
        return value

    @field_validator("source")
    @classmethod
    def _not_beside_jumpstart(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.data.get("jumpstart") is not None:
            raise refused("a JumpStart model brings its own artefact", allowed="no source beside jumpstart")
        return value

    @field_validator("accept_eula")
    @classmethod
    def _of_something_in_s3(cls, value: bool, info: ValidationInfo) -> bool:
        if not value or not info.data.keys() >= {"jumpstart", "source"}:
            return value
        source = info.data["source"]
        if info.data["jumpstart"] is None and (source is None or is_local(source)):
            allowed = "true with jumpstart, or with a source in S3"
            raise refused("accepts the licence of nothing", allowed=allowed)
        return value


def _half_given(framework: str | None) -> Exception:
    if framework is None:
        return refused("version without framework", allowed="a version beside framework")
    newest_first = framework_versions(framework)[::-1]
    return refused("framework without version", got="nothing", allowed=listed(newest_first))


def _published(framework: str, version: str) -> None:
    try:
        framework_processors(framework, version)
    except UnknownImage as unknown:
        hint = did_you_mean(version, unknown.allowed)
        raise refused(unknown.what, allowed=listed(unknown.allowed[::-1]), hint=hint) from None
