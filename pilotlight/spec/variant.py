"""A further variant of an endpoint: another model that takes a share of the requests."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import limits, naming, routing
from pilotlight.spec.base import Spec
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.realtime_scaling import AnyScaling, RealtimeScaling, UtilizationScaling
from pilotlight.spec.refusing import refused
from pilotlight.spec.tracked_hardware import refuse_unknown_hardware
from pilotlight.spec.within import Within

Weight = Annotated[float, Within(routing.VARIANT_WEIGHT)]


class VariantSpec(Spec):
    """One more production variant, beside the one that the endpoint's own keys describe."""

    model: ModelSpec
    """What runs on it."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.m5.large."""

    scaling: RealtimeScaling | None = None
    """How many instances there are. Default: as many as at first."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT)] = 1
    """How many instances it starts with."""

    weight: Weight = 1
    """Its share of the requests: this, divided by the weights of all variants. At 0 it takes only those that
    name it as TargetVariant."""

    @field_validator("model")
    @classmethod
    def _not_of_jumpstart(cls, value: ModelSpec) -> ModelSpec:
        if value.jumpstart is not None:
            what = "only the endpoint's own model may be one of JumpStart"
            raise refused(what, got=value.jumpstart, allowed="an image and a source", at=("jumpstart",))
        return value

    @field_validator("scaling")
    @classmethod
    def _of_known_hardware(cls, value: AnyScaling | None, info: ValidationInfo) -> AnyScaling | None:
        if isinstance(value, UtilizationScaling) and "instance_type" in info.data:
            refuse_unknown_hardware(value, info.data["instance_type"])
        return value

    @field_validator("instance_type")
    @classmethod
    def _fits_the_image(cls, value: str, info: ValidationInfo) -> str:
        if (model := info.data.get("model")) is not None:
            refuse_unfit(value, model)
        return value

    @field_validator("initial_instance_count")
    @classmethod
    def _inside_the_bounds(cls, value: int, info: ValidationInfo) -> int:
        refuse_out_of_bounds(value, info.data.get("scaling"))
        return value


def refuse_out_of_bounds(count: int, scaling: AnyScaling | None) -> None:
    """Raise when scaling would take instances away, or add some, as soon as it is attached."""
    if scaling is not None and not scaling.min_capacity <= count <= scaling.max_capacity:
        allowed = f"{scaling.min_capacity}..{scaling.max_capacity}"
        raise refused("outside of the capacities of scaling", allowed=allowed)


def _variant_name(value: str) -> str:
    if value == naming.VARIANT_NAME:
        what = "the name of the endpoint's own variant"
        raise refused(what, got=value, allowed="another name")
    if re.fullmatch(naming.VARIANT_NAME_PATTERN, value) is None:
        raise refused("not the name of a variant", got=value, allowed="letters, digits and single hyphens")
    return value


VariantName = Annotated[
    str,
    AfterValidator(_variant_name),
    Field(json_schema_extra={"pattern": f"^{naming.VARIANT_NAME_PATTERN}$"}),
]
