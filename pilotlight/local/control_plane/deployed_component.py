"""An inference component as the data plane deploys it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilotlight.local.control_plane.container_definition import ContainerDefinition

Specification = Mapping[str, Any]
"""`InferenceComponentSpecification` as it was given."""


@dataclass(frozen=True, slots=True)
class ReservedResources:
    """What one copy reserves of its instance."""

    cores: float = 0.0
    accelerators: float = 0.0
    memory_mib: int = 0

    @classmethod
    def parse(cls, given: Specification) -> ReservedResources:
        """From `ComputeResourceRequirements`."""
        return cls(
            given.get("NumberOfCpuCoresRequired", 0.0),
            given.get("NumberOfAcceleratorDevicesRequired", 0.0),
            given["MinMemoryRequiredInMb"],
        )


@dataclass(frozen=True, slots=True)
class DeployedComponent:
    """What runs, where, and how often.

    container: what a copy runs; of an adapter, the one of its base. base: the component that an adapter is
    loaded into. spreads: whether copies go to instances with fewer of them; otherwise they fill them up.
    caches: whether an instance keeps image and model for further copies. batch: how many copies an update
    replaces at once.
    """

    name: str
    variant: str
    container: ContainerDefinition
    reserves: ReservedResources
    copies: int
    base: str | None = None
    spreads: bool = True
    caches: bool = False
    batch: int = 1
    network_isolation: bool = False
    startup_health_check_timeout_s: int | None = None
    given: Specification = field(default_factory=dict)
    """The `Specification` or `Specifications` it comes from, for `DescribeInferenceComponent`."""
