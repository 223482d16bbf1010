"""One endpoint of a fleet."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import Stack
from constructs import Construct

from pilotlight.catalog import naming
from pilotlight.spec import FleetSpec
from stacks.foundation import FoundationStack
from stacks.identity import environment_of, tags_of, title_of
from stacks.kinds import BUILDERS
from stacks.network import NetworkStack, network_of
from stacks.place import Place
from stacks.shared import Shared


class EndpointStack(Stack):
    """The models and the endpoint of one key of a fleet file; destroying it touches nothing else."""

    def __init__(
        self,
        scope: Construct,
        *,
        fleet: FleetSpec,
        key: str,
        foundation: FoundationStack,
        source_root: Path,
        network: NetworkStack | None = None,
    ) -> None:
        spec = fleet.endpoints[key]
        super().__init__(
            scope,
            naming.stack_name(fleet.name, key, fleet.stage),
            env=environment_of(fleet),
            description=f"Pilotlight fleet {title_of(fleet)}: {spec.kind} endpoint {key}",
            tags=tags_of(fleet, key),
        )
        joins = any(each.joins_network for each in spec.hosted)
        place = Place(
            stack=self,
            fleet=fleet,
            key=key,
            network=network_of(self, fleet, network) if joins else {},
            shared=Shared.seen_from(self, foundation),
            source_root=source_root,
        )
        BUILDERS[type(spec)](place, spec)
