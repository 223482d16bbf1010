"""The network that the containers of a fleet live in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog.limits import VPC_SECURITY_GROUPS, VPC_SUBNETS
from pilotlight.spec.base import Spec
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.refusing import refused


class Id:
    """Holds a text to the shape of the ids of one kind of thing in EC2."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __call__(self, value: str) -> str:
        """Give the id. Raises when it is none."""
        if re.fullmatch(f"{self._prefix}-[0-9a-f]{{8,17}}", value) is None:
            raise refused(
                f"not the id of a {self._prefix}", allowed=f"{self._prefix}- and hexadecimal digits"
            )
        return value


Ids = tuple[str, ...]
SubnetIds = Annotated[tuple[Annotated[str, AfterValidator(Id("subnet"))], ...], FROM_LIST]
SecurityGroupIds = Annotated[tuple[Annotated[str, AfterValidator(Id("sg"))], ...], FROM_LIST]


class NetworkSpec(Spec):
    """Either a network of the fleet's own, or one that exists already.

    It is for containers without network isolation. The containers of isolated models have no network at all.
    """

    create: bool = False
    """Create a network for the fleet: two zones, no way to the internet, endpoints of AWS services."""

    vpc_id: Annotated[str, AfterValidator(Id("vpc"))] | None = Field(None, validate_default=True)
    """The VPC that exists already. Default: the one of the security groups below."""

    subnet_ids: SubnetIds = Field((), validate_default=True)
    """Its subnets for the containers, best in several zones."""

    security_group_ids: SecurityGroupIds = Field((), validate_default=True)
    """The security groups of the containers. Default: one for each model, which lets everything out."""

    @field_validator("vpc_id")
    @classmethod
    def _either_or(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("create", False) and value is not None:
            raise refused("a network that exists already is not created", allowed="create or vpc_id")
        return value

    @field_validator("subnet_ids", "security_group_ids")
    @classmethod
    def _of_a_network_that_exists(cls, value: Ids, info: ValidationInfo) -> Ids:
        if info.data.get("create", False) and value:
            got, allowed = ", ".join(value), "create or vpc_id"
            raise refused("a network that exists already is not created", got=got, allowed=allowed)
        return value

    @field_validator("security_group_ids")
    @classmethod
    def _complete(cls, value: Ids, info: ValidationInfo) -> Ids:
        if info.data.keys() < {"create", "vpc_id", "subnet_ids"} or info.data["create"]:
            return value
        _refuse_incomplete(info.data["vpc_id"], info.data["subnet_ids"], value)
        if value and not VPC_SECURITY_GROUPS.allows(len(value)):
            raise refused("not so many", got=str(len(value)), allowed=str(VPC_SECURITY_GROUPS))
        return value


def _refuse_incomplete(vpc_id: str | None, subnet_ids: Ids, security_group_ids: Ids) -> None:
    """Raise when nothing says which VPC it is, or which of its subnets."""
    if vpc_id is None and not subnet_ids and not security_group_ids:
        allowed = "create: true, or vpc_id and subnet_ids"
        raise refused("names no network", got="nothing", allowed=allowed, at=("..",))
    if not VPC_SUBNETS.allows(len(subnet_ids)):
        raise refused(
            "not so many", got=str(len(subnet_ids)), allowed=str(VPC_SUBNETS), at=("..", "subnet_ids")
        )
    if vpc_id is None and not security_group_ids:
        what = "a security group of its own needs the VPC that it is in"
        raise refused(what, got="nothing", allowed="a vpc_id, or security_group_ids", at=("..", "vpc_id"))
