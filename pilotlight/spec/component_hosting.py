"""What is said of the instances that inference components share, before any component is there."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.catalog.instance_types import memory_mib
from pilotlight.spec.component_alarms import ComponentAlarms
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.instance_type import InstanceTypeName
from pilotlight.spec.managed_instance_scaling import ManagedInstanceScaling
from pilotlight.spec.memory import Memory, format_memory
from pilotlight.spec.refusing import refused
from pilotlight.spec.routed import Routed
from pilotlight.spec.tags import Tags
from pilotlight.spec.within import Within


class ComponentHosting(Routed, InstanceOptions):
    """Instances for the copies of components."""

    tags: Tags = Field({})
    """Tags of what the endpoint consists of, beside those of the fleet."""

    instance_type: InstanceTypeName
    """What the copies run on, as ml.g5.12xlarge."""

    scaling: ManagedInstanceScaling | None = None
    """How many instances there are. Default: as many as at first."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT)] = 1
    """How many instances the endpoint starts with."""

    schedulable_memory: Memory | None = None
    """What of an instance's memory the copies may reserve, if you know. Default: what was measured, or three
    quarters of it (assumed)."""

    alarms: ComponentAlarms = ComponentAlarms()
    """When a component calls for help."""

    @field_validator("initial_instance_count")
    @classmethod
    def _inside_the_bounds(cls, value: int, info: ValidationInfo) -> int:
        scaling = info.data.get("scaling")
        if scaling is not None:
            least, most = max(1, scaling.min_instance_count), scaling.max_instance_count
            if not least <= value <= most:
                raise refused("outside of the bounds of scaling", allowed=f"{least}..{most}")
        return value

    @field_validator("schedulable_memory")
    @classmethod
    def _not_more_than_there_is(cls, value: int | None, info: ValidationInfo) -> int | None:
        memory = memory_mib(info.data["instance_type"]) if "instance_type" in info.data else None
        if value is not None and memory is not None and value > memory:
            raise refused("more than an instance has", allowed=f"at most {format_memory(memory)}")
        return value
