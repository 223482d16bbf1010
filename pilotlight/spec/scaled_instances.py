"""How many instances there are of something that answers at once."""

from __future__ import annotations

from typing import Annotated

from pydantic import ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.instance_type import InstanceTypeName
from pilotlight.spec.path import Path
from pilotlight.spec.realtime_scaling import AnyScaling, RealtimeScaling, UtilizationScaling
from pilotlight.spec.refusing import refused
from pilotlight.spec.tracked_hardware import refuse_unknown_hardware
from pilotlight.spec.within import Within


class ScaledInstances(Spec):
    """Instances that never go to zero. List it before the class that says what runs on them."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.m5.large."""

    scaling: RealtimeScaling | None = None
    """How many instances there are. Default: as many as at first."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT)] = 1
    """How many instances it starts with."""

    def capacity(self, name: str | None = None, path: Path = ()) -> Capacity:
        """Give the instances of this variant.

        Args:
            name: of the variant, where the endpoint has several. Default: it is the only one.
            path: leads from the endpoint to the variant. Default: it is the endpoint itself.
        """
        count, scaling = self.initial_instance_count, self.scaling
        lowest, highest = (count, count) if scaling is None else (scaling.lowest, scaling.highest)
        others = tuple(pool.instance_type for pool in getattr(self, "instance_pools", ()))
        where = (*path, "instance_type")
        return Capacity(self.instance_type, count, lowest, highest, name, where, others)

    @field_validator("scaling")
    @classmethod
    def _of_known_hardware(cls, value: AnyScaling | None, info: ValidationInfo) -> AnyScaling | None:
        if isinstance(value, UtilizationScaling) and "instance_type" in info.data:
            refuse_unknown_hardware(value, info.data["instance_type"])
        return value

    @field_validator("initial_instance_count")
    @classmethod
    def _inside_the_bounds(cls, value: int, info: ValidationInfo) -> int:
        scaling = info.data.get("scaling")
        if scaling is not None and not scaling.min_capacity <= value <= scaling.max_capacity:
            # else scaling would take instances away, or add some, as soon as it is attached
            allowed = f"{scaling.min_capacity}..{scaling.max_capacity}"
            raise refused("outside of the capacities of scaling", allowed=allowed)
        return value
