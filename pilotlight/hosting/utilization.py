"""What an instance publishes about its processors, memory and disk, as a pure function of two looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.catalog.metrics import CPU_UTILIZATION, DISK_UTILIZATION, MEMORY_UTILIZATION
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.micros import MINUTE, Micros

PUBLISH_INTERVAL: Micros = MINUTE
"""How often an instance publishes, unless its endpoint's MetricsConfig says otherwise."""

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class InstanceUse:
    """What the containers of one instance use. cpu: processor time since they began; memory, disk: bytes."""

    cpu: Micros
    memory: int
    disk: int

    def __add__(self, other: InstanceUse) -> InstanceUse:
        return InstanceUse(self.cpu + other.cpu, self.memory + other.memory, self.disk + other.disk)


@dataclass(frozen=True, slots=True)
class InstanceSize:
    """What an instance has. memory, disk: bytes. None: nobody knows, and what needs it is not published."""

    vcpus: int | None
    memory: int | None
    disk: int | None


def utilization_metrics(
    before: InstanceUse, now: InstanceUse, *, elapsed: Micros, size: InstanceSize
) -> tuple[Measurement, ...]:
    """Measure one instance between two looks.

        CPU: 100 * processor time / time, summed over the cores: at most 100 for each of them
        memory, disk: 100 * used / there is

    elapsed: the time between the looks, on the clock that processors run on; more than 0.
    """
    cpu = _PERCENT * max(0, now.cpu - before.cpu) / elapsed
    highest = cpu if size.vcpus is None else _PERCENT * size.vcpus
    shares = ((MEMORY_UTILIZATION, now.memory, size.memory), (DISK_UTILIZATION, now.disk, size.disk))
    return (
        (CPU_UTILIZATION, min(cpu, highest)),
        *((metric, min(_PERCENT, _PERCENT * used / there)) for metric, used, there in shares if there),
    )
