"""How SageMaker itself adds and removes the instances that components run on."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import inference_components as catalog
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration, whole_minutes
from pilotlight.spec.refusing import refused
from pilotlight.spec.within import Within


class ManagedInstanceScaling(Spec):
    """SageMaker adds instances when copies find no room, and releases those that it does not need."""

    min_instance_count: Annotated[int, Within(catalog.MIN_INSTANCE_COUNT)] = 1
    """The fewest instances; at 0 the endpoint has none while no component has a copy."""

    max_instance_count: Annotated[int, Within(catalog.MAX_INSTANCE_COUNT)]
    """The most instances."""

    scale_in_strategy: Literal["IDLE_RELEASE", "CONSOLIDATION"] | None = None
    """Release instances without copies, or first move copies onto fewer instances. Default: SageMaker
    chooses."""

    scale_in_cooldown: (
        Annotated[Duration, Within(catalog.SCALE_IN_COOLDOWN), AfterValidator(whole_minutes)] | None
    ) = Field(None, validate_default=True)
    """How long after the last change SageMaker looks for instances to release. Default: 20 minutes."""

    maximum_step_size: Annotated[int, Within(catalog.MAXIMUM_STEP_SIZE)] | None = None
    """With CONSOLIDATION: how many instances go at once. Default: one."""

    @field_validator("max_instance_count")
    @classmethod
    def _not_below_min(cls, value: int, info: ValidationInfo) -> int:
        lowest = info.data.get("min_instance_count", 1)
        if value < lowest:
            raise refused("less than min_instance_count", allowed=f"{lowest} or more")
        return value

    @field_validator("scale_in_cooldown")
    @classmethod
    def _of_a_strategy(cls, value: timedelta | None, info: ValidationInfo) -> timedelta | None:
        if value is not None and "scale_in_strategy" in info.data and info.data["scale_in_strategy"] is None:
            allowed = "nothing, or scale_in_strategy beside it"
            raise refused("the cool-down of no strategy", allowed=allowed)
        return value

    @field_validator("maximum_step_size")
    @classmethod
    def _of_consolidation(cls, value: int | None, info: ValidationInfo) -> int | None:
        strategy = info.data.get("scale_in_strategy", "CONSOLIDATION")
        if value is not None and strategy != "CONSOLIDATION":
            allowed = "nothing, or scale_in_strategy CONSOLIDATION"
            raise refused("only CONSOLIDATION goes in steps", allowed=allowed)
        return value
