"""One JumpStart model as it is locked: which version, with what it needs to be deployed in which region."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.bucket import BucketName
from pilotlight.spec.duration import Duration
from pilotlight.spec.environment import Environment
from pilotlight.spec.image import ImageUri
from pilotlight.spec.refusing import refused
from pilotlight.spec.within import Within


class LockSource(Spec):
    """Says what a locked model was read from."""

    data: str
    """The package, or the object in S3."""

    date: str
    """The day the data was published, as 2026-09-01."""


class Eula(Spec):
    """The end-user licence agreement of a model."""

    required: bool
    """Whether it has to be accepted before the model is deployed."""

    licence: str | None = None
    """Where to read it."""


class LockedArtifact(Spec):
    """Where an artefact is in the bucket of each region."""

    key: str
    """A prefix that ends in /, or the key of a tarball."""

    compressed: bool
    """Whether it is a tarball."""

    @field_validator("compressed")
    @classmethod
    def _as_the_key_says(cls, value: bool, info: ValidationInfo) -> bool:
        key = info.data.get("key")
        if key is not None and value != key.endswith(".tar.gz"):
            raise refused("contradicts the key", allowed="true for a .tar.gz, false for a prefix")
        return value


class LockedInstanceType(Spec):
    """What is particular about a model on one instance type."""

    image: str | None = None
    """Which of the images of the region; none for a model package."""

    environment: Environment = Field({})
    """What the environment says here beside or instead of the model's."""

    artifact: LockedArtifact | None = None
    """The artefact built for this type. Default: that of the model."""


class LockedRegion(Spec):
    """What is particular about a model in one region."""

    bucket: BucketName | None = None
    """Holds the artefact; none for a model package."""

    images: dict[str, ImageUri] = Field({})
    """The name that instance types use → the URI of the image."""

    model_package: str | None = None
    """The ARN of the model package, when the model is one."""


class LoadTimeouts(Spec):
    """How long loading the model may take."""

    model_data_download: Annotated[Duration, Within(limits.MODEL_DATA_DOWNLOAD_TIMEOUT)] | None = None
    """Until the artefact is on the instance. Default: SageMaker's own limit."""

    container_startup_health_check: (
        Annotated[Duration, Within(limits.STARTUP_HEALTH_CHECK_TIMEOUT)] | None
    ) = None
    """Until the container answers its first ping. Default: eight minutes."""

    source: str
    """Who says so; begins with `assumed` when it is our guess."""


class LockedModel(Spec):
    """A version of a JumpStart model: an image with an artefact, or a model package."""

    version: str
    source: LockSource
    gated: bool
    """Whether the artefact lies in a bucket that is read only after its licence was accepted."""

    eula: Eula
    instance_types: dict[str, LockedInstanceType]
    """The instance types that the model is published for."""

    default_instance_type: str
    artifact: LockedArtifact | None = None
    """None for a model package."""

    regions: dict[str, LockedRegion]
    timeouts: LoadTimeouts
    environment: Environment = Field({})
    """Environment variables on every instance type."""

    @field_validator("default_instance_type")
    @classmethod
    def _published(cls, value: str, info: ValidationInfo) -> str:
        known = info.data.get("instance_types")
        if known is not None and value not in known:
            raise refused("not one of the instance types", allowed=", ".join(known))
        return value

    @field_validator("regions")
    @classmethod
    def _all_of_one_kind(
        cls, value: dict[str, LockedRegion], info: ValidationInfo
    ) -> dict[str, LockedRegion]:
        packaged = info.data.get("artifact") is None
        for region, place in value.items() if "artifact" in info.data else ():
            if packaged != (place.model_package is not None) or packaged != (place.bucket is None):
                allowed = "a model_package alone" if packaged else "a bucket and images"
                raise refused(
                    "contradicts artifact", got="another kind of model", allowed=allowed, at=(region,)
                )
        return value

    @field_validator("environment")
    @classmethod
    def _not_of_a_package(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if value and "artifact" in info.data and info.data["artifact"] is None:
            raise refused("a model package takes no environment", allowed="none")
        return value
