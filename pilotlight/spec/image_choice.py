"""Which container image runs: exactly one of several ways to name it."""

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
from pilotlight.spec.ecr_uri import EcrUri
from pilotlight.spec.image import EcrImage
from pilotlight.spec.image_build import ImageBuild
from pilotlight.spec.jumpstart_id import JumpStartId
from pilotlight.spec.model_package import ModelPackageArn
from pilotlight.spec.private_registry import PrivateRegistry
from pilotlight.spec.refusing import refused

IMAGE_KEYS: Final = (
    "framework",
    "image",
    "ecr",
    "build",
    "private_registry",
    "model_package",
    "jumpstart",
)


class ImageChoice(Spec):
    """A container image, given in exactly one of several ways."""

    framework: str | None = Field(None, json_schema_extra={"examples": list(frameworks())})
    """Take AWS's image for this framework; with `version`."""

    version: str | None = None
    """The version of the framework, as text: "1.4-2"."""

    image: EcrUri | None = None
    """Take the image at this URI in ECR."""

    ecr: EcrImage | None = None
    """Take an image of a repository in ECR, of the fleet's own account or another one."""

    build: ImageBuild | None = None
    """Build the image from a Dockerfile when the fleet is deployed."""

    private_registry: PrivateRegistry | None = None
    """Take an image of a private Docker registry, through the fleet's network."""

    model_package: ModelPackageArn | None = None
    """Take image, artefact and environment of this model package.

    It is a version in the SageMaker Model Registry, or a product of AWS Marketplace that the account is
    subscribed to.
    """

    jumpstart: JumpStartId | None = None
    """Take image, artefact and environment of this SageMaker JumpStart model out of jumpstart.lock.json.

    `pilotlight jumpstart lock MODEL_ID` writes that file, beside the fleet file.
    """

    @property
    def brings_files(self) -> str | None:
        """The key that brings an artefact and variables of its own; None when there is none."""
        return next((key for key in ("model_package", "jumpstart") if getattr(self, key) is not None), None)

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

    @field_validator(IMAGE_KEYS[-1])
    @classmethod
    def _exactly_one_image(cls, value: str | None, info: ValidationInfo) -> str | None:
        *others, last = IMAGE_KEYS
        if info.data.keys() >= set(others):
            images = {**{key: info.data[key] for key in others}, last: value}
            given = [key for key, image in images.items() if image is not None]
            if len(given) != 1:
                got = " and ".join(given) or "none of them"
                raise refused("needs exactly one image", got=got, allowed=" or ".join(IMAGE_KEYS), at=("..",))
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
