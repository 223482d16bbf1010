"""What the steps of the story share: the embedded AWS, the fleets, and what was submitted so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilotlight.catalog import foundation, naming
from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from pilotlight.spec import FleetSpec

from .listener import Listener
from .submission import Destination, Submission, submit

_MARGIN_S = 20.0
"""Wall time that a machine under load may add to any wait: process starts and HTTP are not compressed."""


@dataclass
class DeployedFleet:
    """One fleet of the story: what its file says, and the CDK app that deploys it."""

    spec: FleetSpec
    app: CdkApp

    def stack(self, key: str) -> str:
        """The name of the stack of an endpoint, or of the foundation."""
        return naming.stack_name(self.spec.name, key, self.spec.stage)

    @property
    def stacks(self) -> tuple[str, ...]:
        """The names of all stacks of the fleet, foundation first."""
        keys = (naming.FOUNDATION_KEY, *self.spec.endpoints, naming.OPERATIONS_KEY)
        return tuple(self.stack(key) for key in keys)

    def endpoint(self, key: str) -> str:
        """The name of an endpoint."""
        return naming.endpoint_name(self.spec.name, key, self.spec.stage)


@dataclass
class Scene:
    """Everything a step may look at or touch. `ticket_intent`, `falcon` and `codegen` are keys."""

    aws: LocalAws
    starter: DeployedFleet
    showcase: DeployedFleet
    listener: Listener
    changed_fleet: Path
    ticket_intent: str = "ticket-intent"
    falcon: str = "falcon"
    codegen: str = "codegen"
    submissions: dict[str, Submission] = field(default_factory=dict)
    """The requests of the batch, by the text of their ticket."""

    @property
    def fleets(self) -> tuple[DeployedFleet, DeployedFleet]:
        """Both fleets."""
        return self.starter, self.showcase

    def client(self, service: str) -> Any:
        """A boto3 client of the embedded AWS."""
        return self.aws.client(service)

    def patience(self, minutes: float) -> float:
        """How many seconds of wall time to wait for what takes `minutes` of SageMaker time."""
        return minutes * 60 / self.aws.record.time_scale + _MARGIN_S

    def outputs(self, stack: str) -> dict[str, str]:
        """The outputs of a deployed stack."""
        described = self.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}

    def shared(self, fleet: DeployedFleet, output: str) -> str:
        """An output of the foundation of a fleet, by its name in `pilotlight.catalog.foundation`."""
        return self.outputs(fleet.stack(naming.FOUNDATION_KEY))[output]

    def status_table(self, fleet: DeployedFleet) -> str:
        """The name of the status table of a fleet."""
        return self.shared(fleet, foundation.STATUS_TABLE_NAME)

    def submit(self, fleet: DeployedFleet, key: str, ticket: object) -> Submission:
        """Submit one JSON document to an endpoint of a fleet."""
        destination = Destination(
            endpoint=fleet.endpoint(key),
            bucket=self.shared(fleet, foundation.DATA_BUCKET_NAME),
            input_prefix=naming.async_prefixes(key).input,
            status_table=self.status_table(fleet),
        )
        return submit(self.aws, destination, ticket)
