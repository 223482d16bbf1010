"""What an instance has for inference components, and which of them it has no room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pydantic_core import PydanticCustomError

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.catalog.schedulable import schedulable_memory_mib
from pilotlight.spec.inference_component import InferenceComponentSpec
from pilotlight.spec.memory import format_memory
from pilotlight.spec.refusing import refused

SAY_SO: Final = "AWS does not publish what can be reserved; schedulable_memory says it better"
RESERVED: Final = ("accelerators", "cores", "memory")
"""What a copy reserves, by the keys of a component."""


@dataclass(frozen=True, slots=True)
class Room:
    """What copies may reserve of one instance; None where nobody published how much there is.

    memory: mebibytes.
    """

    instance_type: str
    cores: int | None
    accelerators: int | None
    memory: int | None

    @classmethod
    def on(cls, instance_type: str, schedulable_memory: int | None = None) -> Room:
        """Give what an instance of a type has; what is said of its memory wins over what is known."""
        known = INSTANCE_TYPES[instance_type]
        memory = schedulable_memory_mib(instance_type) if schedulable_memory is None else schedulable_memory
        return cls(instance_type, known.vcpus, known.accelerators, memory)

    def misfits(self, component: InferenceComponentSpec) -> Iterator[tuple[str, PydanticCustomError]]:
        """Say which reservations of one copy no instance can hold, each with its key."""
        for key in RESERVED:
            wanted, there = getattr(component, key), getattr(self, key)
            if wanted is not None and there is not None and wanted > there:
                what = f"more {_titled(key)} than {self.instance_type} has"
                got, allowed = _amount(key, wanted), f"at most {_amount(key, there)}"
                yield key, refused(what, got=got, allowed=allowed, hint=SAY_SO if key == "memory" else "")

    def shortages(
        self, components: Iterable[InferenceComponentSpec], instances: int
    ) -> Iterator[PydanticCustomError]:
        """Say what the first copies of all components need more of than so many instances have."""
        together = tuple(components)
        for key in RESERVED:
            there = getattr(self, key)
            wanted = sum((getattr(each, key) or 0) * each.copies for each in together)
            if there is not None and wanted > there * instances:
                what = f"more {_titled(key)} together than {instances} {self.instance_type} have"
                allowed = f"at most {_amount(key, there * instances)}"
                yield refused(what, got=_amount(key, wanted), allowed=allowed)


def _titled(key: str) -> str:
    return "schedulable memory" if key == "memory" else key


def _amount(key: str, value: float) -> str:
    return format_memory(round(value)) if key == "memory" else f"{value:g}"
