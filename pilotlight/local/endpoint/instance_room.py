"""What an instance has for the copies of inference components."""

from __future__ import annotations

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.catalog.schedulable import schedulable_memory_mib
from pilotlight.hosting.component import Resources


def room_of(instance_type: str | None) -> Resources:
    """What copies may reserve of an instance of this type; of an unknown type there is always enough."""
    known = None if instance_type is None else INSTANCE_TYPES.get(instance_type)
    if known is None or instance_type is None:
        return Resources()
    return Resources(known.vcpus, known.accelerators, schedulable_memory_mib(instance_type))
