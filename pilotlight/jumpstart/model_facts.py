"""What JumpStart says of one version of a model, whichever way it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilotlight.spec.jumpstart_model import LockSource


@dataclass(frozen=True, slots=True)
class Variant:
    """What is particular about an instance type (`ml.g5.xlarge`) or a family of them (`g5`).

    Attributes:
        image: the name under which each region lists the image.
        environment: beside or instead of the model's; any JSON scalar.
        artifact_key: of an artefact built for it.
    """

    image: str | None = None
    environment: Mapping[str, Any] = field(default_factory=dict)
    artifact_key: str | None = None


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One version of a model.

    Attributes:
        artifact_key: a prefix or a tarball in the content bucket or the gated one; None for a model package.
        licence: where its end-user licence agreement is; None when it has none.
        environment: any JSON scalar.
        variants: by instance type and by family.
        images: region → name of an image → its URI.
        model_packages: region → ARN; empty unless the model is a package.
        download_timeout: in seconds, as AWS publishes it; None when not known.
        startup_timeout: likewise.
        artifact_bytes: None when not known.
    """

    model_id: str
    version: str
    source: LockSource
    default_instance_type: str
    instance_types: tuple[str, ...]
    artifact_key: str | None
    gated: bool
    licence: str | None
    environment: Mapping[str, Any]
    variants: Mapping[str, Variant]
    images: Mapping[str, Mapping[str, str]]
    model_packages: Mapping[str, str]
    download_timeout: int | None = None
    startup_timeout: int | None = None
    artifact_bytes: int | None = None

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions in which the model can be deployed."""
        return tuple(sorted(self.model_packages or (name for name, images in self.images.items() if images)))

    def variants_of(self, instance_type: str) -> tuple[Variant, Variant]:
        """Give what is said of an instance type itself, and of its family."""
        family = instance_type.removeprefix("ml.").partition(".")[0]
        return self.variants.get(instance_type, Variant()), self.variants.get(family, Variant())
