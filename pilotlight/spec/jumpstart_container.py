"""What a locked JumpStart model stands for where it is deployed: image, artefact and environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.jumpstart_command import LOCK_FILE, lock_command
from pilotlight.spec.jumpstart_lock import JumpStartLock
from pilotlight.spec.jumpstart_model import LockedModel, LockedRegion
from pilotlight.spec.refusal import FleetRefused, Refusal, shown

INSTANCE_TYPE: Final = "instance_type"
"""The key that a refusal blames when another type would be fine."""


@dataclass(frozen=True, slots=True)
class JumpStartContainer:
    """The container of a model on one instance type in one region.

    Attributes:
        image: the URI; None for a model package.
        source: the artefact, as `s3://bucket/prefix/` or `s3://bucket/key.tar.gz`; None for a model package.
        model_package: the ARN of the model package; None for an image with an artefact.
        environment: all environment variables; empty for a model package.
    """

    image: str | None
    source: str | None
    model_package: str | None
    environment: Mapping[str, str]


def jumpstart_container(
    lock: JumpStartLock, model_id: str, *, region: str, instance_type: str, file: Path | str = LOCK_FILE
) -> JumpStartContainer:
    """Say what is deployed for a model; `file` is the lock's, for the commands in refusals.

    Raises:
        FleetRefused: the model or the region is not locked, or the model is not published for the type,
            which the path of the refusal then names.
    """
    model = lock.model(model_id, file=file)
    place = _place(model, model_id, region, file)
    if instance_type not in model.instance_types:
        raise _unpublished(model, instance_type)
    if place.model_package is not None:
        return JumpStartContainer(None, None, place.model_package, {})
    on_type = model.instance_types[instance_type]
    image = place.images.get(on_type.image or "")
    if image is None:
        what = "the model has no image for this type in the region"
        raise _refusal(what, f"{instance_type} in {region}", at=INSTANCE_TYPE)
    artifact = on_type.artifact or model.artifact
    source = None if artifact is None else f"s3://{place.bucket}/{artifact.key}"
    return JumpStartContainer(image, source, None, {**model.environment, **on_type.environment})


def _place(model: LockedModel, model_id: str, region: str, file: Path | str) -> LockedRegion:
    if region in model.regions:
        return model.regions[region]
    regions = sorted({*model.regions, region})
    command = lock_command(model_id, version=model.version, regions=regions, file=file)
    hint = f"`{command}` adds it"
    raise _refusal("the model is not locked for this region", region, listed(sorted(model.regions)), hint)


def _unpublished(model: LockedModel, instance_type: str) -> FleetRefused:
    types = sorted(model.instance_types)
    hint = did_you_mean(instance_type, types)
    what = "the model is not published for this type"
    return _refusal(what, instance_type, listed(types), hint, at=INSTANCE_TYPE)


def _refusal(what: str, got: str, allowed: str = "", hint: str = "", *, at: str = "") -> FleetRefused:
    return FleetRefused((Refusal("", None, at, what, shown(got), allowed, hint),))
