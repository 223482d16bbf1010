"""The machine image that instances start with, and whether a container can run on it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from pilotlight.catalog.images import UnknownImage, framework_build
from pilotlight.catalog.inference_ami import AMIS, need_of
from pilotlight.catalog.instance_types import processor_of
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused

CRASHES: Final = "with SageMaker's own choice it ends before it writes a log"


def _known(value: str) -> str:
    if value not in AMIS:
        hint = did_you_mean(value, AMIS)
        raise refused("unknown machine image", allowed=", ".join(AMIS), hint=hint)
    return value


InferenceAmiVersion = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": [*AMIS]})]
"""The name of a machine image, as `al2023-ami-sagemaker-inference-gpu-4-1`."""


def refuse_unfit_ami(version: str | None, instance_type: str) -> None:
    """Raise when a machine image has no driver for the processors of an instance type."""
    processor = processor_of(instance_type)
    if version is not None and AMIS[version].processor != processor:
        fitting = [name for name, ami in AMIS.items() if ami.processor == processor]
        what = f"has no driver for {instance_type}"
        raise refused(what, allowed=", ".join(fitting) or f"none, on {processor} instances")


def refuse_too_old_ami(version: str | None, model: ModelSpec, instance_type: str, at: Path = ()) -> None:
    """Raise when the container of a model needs a newer driver than it would get; `at` leads there."""
    need = need_of(_image(model, instance_type)) if processor_of(instance_type) == "gpu" else None
    if need is not None and version not in need.versions:
        what = f"the image is built for {need.word}, which needs a newer machine image"
        got = "nothing" if version is None else version
        raise refused(what, got=got, allowed=" or ".join(need.versions), hint=CRASHES, at=at)


def _image(model: ModelSpec, instance_type: str) -> str:
    if model.ecr is not None:
        return f"{model.ecr.repository}:{model.ecr.tag}"
    if model.private_registry is not None:
        return model.private_registry.image
    if model.framework is None or model.version is None:
        return model.image or ""
    try:
        return framework_build(model.framework, model.version, instance_type)
    except UnknownImage:
        return ""  # which is a fault of its own
