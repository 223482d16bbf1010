"""All stacks of a fleet."""

from __future__ import annotations

from pathlib import Path

from constructs import Construct

from pilotlight.spec import FleetSpec, JumpStartLock, with_locked_models
from stacks.endpoint import EndpointStack
from stacks.foundation import FoundationStack
from stacks.network import NetworkStack
from stacks.operations import OperationsStack


def add_stacks(
    scope: Construct, fleet: FleetSpec, source_root: Path, lock: JumpStartLock | None = None
) -> None:
    """Add the foundation of a fleet, one stack for each of its endpoints, and one to operate them.

    Args:
        scope: the app.
        fleet: what its file says.
        source_root: what a model's `source` directory is relative to: the folder of the fleet file.
        lock: the JumpStart models locked beside the fleet file. Default: none.

    Raises FleetRefused when something cannot be deployed as the file says.
    """
    fleet = with_locked_models(fleet, lock)
    foundation = FoundationStack(scope, fleet=fleet)
    creates = fleet.network is not None and fleet.network.create
    network = NetworkStack(scope, fleet=fleet) if creates else None
    for key in fleet.endpoints:
        EndpointStack(
            scope, fleet=fleet, key=key, foundation=foundation, source_root=source_root, network=network
        )
    OperationsStack(scope, fleet=fleet, foundation=foundation)
