"""What every stack of a fleet has in common: where it is, and the tags its costs are told apart by."""

from __future__ import annotations

from aws_cdk import Environment

from pilotlight.catalog import naming
from pilotlight.spec import FleetSpec


def environment_of(fleet: FleetSpec) -> Environment:
    """Give account and region of a fleet; without an account its stacks deploy to whichever is used."""
    return Environment(account=fleet.account, region=fleet.region)


def tags_of(fleet: FleetSpec, endpoint: str | None = None) -> dict[str, str]:
    """Give the tags of a stack, which CloudFormation puts on all of its resources that can have any."""
    said = {} if endpoint is None else fleet.endpoints[endpoint].tags
    ours = {naming.FLEET_TAG: fleet.name, naming.STAGE_TAG: fleet.stage, naming.ENDPOINT_TAG: endpoint}
    return {**fleet.tags, **said, **{key: value for key, value in ours.items() if value is not None}}


def title_of(fleet: FleetSpec) -> str:
    """Name a fleet for descriptions."""
    return fleet.name if fleet.stage is None else f"{fleet.name}, stage {fleet.stage}"
