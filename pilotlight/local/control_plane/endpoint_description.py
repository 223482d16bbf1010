"""What a running endpoint tells about itself: the data plane fills it in, the control plane shows it."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.serverless_record import ServerlessRecord


@dataclass(frozen=True, slots=True)
class ContainerDescription:
    """One container that runs, or is starting, for an endpoint."""

    label: str
    """`real` (the model's own code) or `stand-in` (a declared service-time profile)."""
    why: str
    """What runs, or why a stand-in does."""
    pid: int
    port: int
    ready: bool
    variant: str
    image: str
    caveat: str = ""
    """What one should know of it; empty: nothing."""
    part: str = ""
    """Its host name among several containers, or the inference component it is a copy of."""


@dataclass(frozen=True, slots=True)
class ConcurrencyDescription:
    """The capacity of a serverless variant."""

    current: ServerlessRecord
    desired: ServerlessRecord
    running: int
    """Containers that run now, warm ones included."""


@dataclass(frozen=True, slots=True)
class ComponentDescription:
    """The copies of one inference component."""

    name: str
    deployed: DeployedComponent
    """What serves; after an update that failed, the former one."""
    status: str
    """`Creating`, `Updating`, `InService` or `Failed`; one that is deleted is no longer described."""
    variant: str
    current_copies: int
    desired_copies: int
    failure_reason: str | None = None


@dataclass(frozen=True, slots=True)
class VariantDescription:
    """The capacity of one production variant."""

    name: str
    current_instance_count: int
    desired_instance_count: int
    concurrency: ConcurrencyDescription | None = None
    """None: it runs on instances."""


@dataclass(frozen=True, slots=True)
class EndpointDescription:
    """The state of an endpoint at one moment."""

    status: str
    """`Creating`, `Updating`, `InService`, `Deleting`, `Failed`, `RollingBack` or `OutOfService`."""
    config_name: str
    """The endpoint configuration in service; after an update that failed, the former one."""
    variants: tuple[VariantDescription, ...]
    containers: tuple[ContainerDescription, ...] = ()
    backlog: int = 0
    """Requests that wait or are in process."""
    components: tuple[ComponentDescription, ...] = ()
    failure_reason: str | None = None
