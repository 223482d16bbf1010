"""What a model runs with: a role that its construct creates, or one that its user has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from aws_cdk import CfnResource
from aws_cdk import aws_iam as iam
from constructs import Construct

from pilotlight_cdk.execution_role import ExecutionRole
from pilotlight_cdk.permission import Permission, default_policy, grant


class HostingRole(Protocol):
    """A role that is given what hosting takes, bit by bit, and that resources wait for."""

    @property
    def arn(self) -> str:
        """Its ARN, or a reference to it."""

    @property
    def role(self) -> iam.IRole:
        """The role as the CDK grants to it."""

    def expect(self, permissions: Iterable[Permission]) -> None:
        """Add permissions; more are to come."""

    def permit(self, permissions: Iterable[Permission]) -> None:
        """Add permissions, the last ones for now."""

    def precede(self, resource: CfnResource) -> None:
        """Let something wait until the role may do what it was permitted."""


class GivenRole:
    """A role that was created elsewhere: it is granted to in the CDK's own way."""

    def __init__(self, role: iam.IRole) -> None:
        self.role = role

    @property
    def arn(self) -> str:
        """Its ARN, or a reference to it."""
        return self.role.role_arn

    def expect(self, permissions: Iterable[Permission]) -> None:
        """Add permissions at once, as the CDK does."""
        self.permit(permissions)

    def permit(self, permissions: Iterable[Permission]) -> None:
        """Add permissions; nothing is asked for where there are none."""
        if asked := tuple(permissions):
            grant(self.role, *asked)

    def precede(self, resource: CfnResource) -> None:
        """Let something wait for the policy that this stack adds to the role, if it adds any."""
        policy = default_policy(self.role)
        if policy is not None:
            resource.node.add_dependency(policy)


def hosting_role(scope: Construct, id: str, given: iam.IRole | None) -> HostingRole:
    """Use the role of the user, or create one."""
    return ExecutionRole(scope, id) if given is None else GivenRole(given)
