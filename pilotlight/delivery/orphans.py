"""Finds deployed stacks of endpoints that left the fleet: the CDK never deletes a stack that left the app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilotlight.catalog import naming
from pilotlight.spec import FleetSpec


@dataclass(frozen=True, slots=True)
class Orphan:
    """A deployed stack whose endpoint is no longer in the fleet file."""

    stack_name: str
    status: str
    """CloudFormation's stack status."""
    created: datetime


def find_orphans(cloudformation: Any, fleet: FleetSpec) -> tuple[Orphan, ...]:
    """List the orphaned stacks of a fleet in one account and region, by name.

    Stacks are told by their tags, not by the beginning of their names: `Pilotlight-a-b-c` may be fleet `a`
    or fleet `a-b`.

    Args:
        cloudformation: a boto3 client of the account and region of the fleet.
        fleet: the fleet as it should be, with its stage.
    """
    wanted = {
        naming.stack_name(fleet.name, key, fleet.stage) for key in (*fleet.endpoints, *naming.RESERVED_KEYS)
    }
    orphans = [
        _orphan(stack) for stack in _stacks_of(cloudformation, fleet) if stack["StackName"] not in wanted
    ]
    return tuple(sorted(orphans, key=lambda orphan: orphan.stack_name))


def destroy(cloudformation: Any, orphan: Orphan) -> None:
    """Delete the stack of an orphan and wait until it is gone.

    Raises:
        botocore.exceptions.WaiterError: the stack could not be deleted; its events say why.
    """
    cloudformation.delete_stack(StackName=orphan.stack_name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=orphan.stack_name)


def _stacks_of(cloudformation: Any, fleet: FleetSpec) -> Iterator[dict[str, Any]]:
    for page in cloudformation.get_paginator("describe_stacks").paginate():
        yield from (stack for stack in page["Stacks"] if _belongs(stack, fleet))


def _belongs(stack: dict[str, Any], fleet: FleetSpec) -> bool:
    tags = {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}
    return (tags.get(naming.FLEET_TAG), tags.get(naming.STAGE_TAG)) == (fleet.name, fleet.stage)


def _orphan(stack: dict[str, Any]) -> Orphan:
    return Orphan(stack["StackName"], stack["StackStatus"], stack["CreationTime"])
