"""Instance types that SageMaker hosts on, and that an image is built for."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from pilotlight.catalog.images import framework_processors
from pilotlight.catalog.instance_types import INSTANCE_TYPES, processor_of
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refused

_ALLOWED: Final = f"one of the {len(INSTANCE_TYPES)} types that SageMaker hosts on, as ml.m5.large"


def _known(value: str) -> str:
    if value not in INSTANCE_TYPES:
        hint = did_you_mean(value if value.startswith("ml.") else f"ml.{value}", INSTANCE_TYPES)
        raise refused("unknown instance type", allowed=_ALLOWED, hint=hint)
    return value


InstanceTypeName = Annotated[
    str, AfterValidator(_known), Field(json_schema_extra={"enum": list(INSTANCE_TYPES)})
]
"""A name as `ml.m5.large`."""


def refuse_unfit(instance_type: str, model: ModelSpec) -> None:
    """Raise when the image of a framework is not built for the processors of an instance type."""
    if model.framework is None or model.version is None:
        return
    built_for = framework_processors(model.framework, model.version)
    if (processor := processor_of(instance_type)) not in built_for:
        what = f"{model.framework} {model.version} has no image for {processor} instances"
        raise refused(what, allowed=f"an instance type with {' or '.join(built_for)}")
