"""Where the constructs of one endpoint go, and what of the fleet they need there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path as Directory
from typing import Any, Final

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from pilotlight.catalog import naming
from pilotlight.spec import FleetSpec, ModelSpec
from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight.spec.hosted_endpoint import Hosted
from pilotlight.spec.path import Path
from pilotlight_cdk import ContainerModel, Model
from stacks.shared import Shared

OF_OTHERS: Final = frozenset({"instance_pools", "shadow_variant"})
"""Keys below which a model is neither the endpoint's own nor that of a variant."""


@dataclass(frozen=True, slots=True)
class Place:
    """The stack of one key of a fleet file.

    Attributes:
        stack: is built in.
        fleet: what its file says.
        key: of the endpoint.
        shared: what the foundation has.
        source_root: what a local `source` is relative to.
        network: keywords that put a model into the fleet's network.
    """

    stack: Stack
    fleet: FleetSpec
    key: str
    shared: Shared
    source_root: Directory
    network: dict[str, Any] = field(default_factory=dict)

    @property
    def endpoint_name(self) -> str:
        """What callers use."""
        return naming.endpoint_name(self.fleet.name, self.key, self.fleet.stage)

    def model(
        self, spec: ModelSpec, instance_type: str | None, *, id: str = "Model", scope: Construct | None = None
    ) -> Model:
        """Build a model; with network isolation, or serverless, it does not join the fleet's network."""
        return Model.from_spec(
            self.stack if scope is None else scope,
            id,
            spec,
            instance_type=instance_type,
            source_root=self.source_root,
            **(self.network if spec.needs_network and instance_type is not None else {}),
        )

    def containers(self, spec: ContainersOnInstances) -> ContainerModel:
        """Build the containers of an endpoint as one model; all of them join the fleet's network, or none."""
        joins = any(model.needs_network for model in spec.named.values())
        return ContainerModel.from_spec(
            self.stack,
            "Model",
            spec.named,
            instance_type=spec.instance_type,
            source_root=self.source_root,
            **(self.network if joins else {}),
        )

    def other_models(self, hosted: Iterable[Hosted]) -> dict[Path, Model]:
        """Build the models of pools and shadows, by their paths in the fleet file."""
        others = {each.path: each for each in hosted if {*each.path} & OF_OTHERS}
        if not others:
            return {}
        scope = Construct(self.stack, "OtherModels")
        ids = {path: "-".join(str(step) for step in path[:-1]) for path in others}
        return {
            path: self.model(each.model, each.instance_type, id=ids[path], scope=scope)
            for path, each in others.items()
        }

    def output(self, name: str, value: str, description: str) -> None:
        """Say something to whoever deploys the stack."""
        CfnOutput(self.stack, name, value=value, description=description)
