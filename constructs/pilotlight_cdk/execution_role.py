"""The role that SageMaker assumes to run a model, with a policy of its own for what hosting takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from aws_cdk import aws_iam as iam
from constructs import Construct

from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import Permission, acknowledge_wildcards, as_found, grant
from pilotlight_cdk.policy_parts import policy_parts


class ExecutionRole(iam.Role):
    """Only SageMaker resources of the same account and region may assume it.

    That is AWS's advice (SageMaker Developer Guide, Cross-service confused deputy prevention). What hosting
    takes stands in a policy beside the one that the `grant_*` of the CDK add to, and is written as a whole:
    each statement that the CDK adds by itself crosses to Node several times.
    """

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(
            scope,
            id,
            description="Runs a SageMaker model: pulls its image, reads its files, writes logs and metrics",
            assumed_by=_sagemaker(Location.of(scope).arn("sagemaker", "*")),
        )
        self._permissions: dict[str, Permission] = {}
        self._policies: list[iam.CfnPolicy | iam.CfnManagedPolicy] = []
        self._written: list[Sequence[Permission]] = []

    def permit(self, permissions: Iterable[Permission]) -> None:
        """Add permissions to those that the role has, each once."""
        for each in permissions:
            self._permissions.setdefault(self._text(each), each)
        for number, part in enumerate(policy_parts(self._permissions.values())):
            if number == len(self._policies):
                self._policies.append(self._policy(number, part))
                self._written.append(())
            elif part != self._written[number]:
                self._policies[number].policy_document = _document(part)
            acknowledge_wildcards(self._policies[number], part[len(self._written[number]) :])
            self._written[number] = part

    def _text(self, permission: Permission) -> str:
        """What a permission says, whichever reference to a resource it is said with."""
        resources = [as_found(self, each) for each in permission.resources]
        return json.dumps([*permission.actions, resources, permission.conditions])

    def _policy(self, number: int, part: Sequence[Permission]) -> iam.CfnPolicy | iam.CfnManagedPolicy:
        """Create the inline policy; what it has no room for stands in managed ones."""
        if number == 0:
            return iam.CfnPolicy(
                self,
                "Hosting",
                policy_name="Hosting",
                policy_document=_document(part),
                roles=[self.role_name],
            )
        return iam.CfnManagedPolicy(
            self, f"Hosting{number + 1}", policy_document=_document(part), roles=[self.role_name]
        )


def permit(role: iam.IRole, permissions: Iterable[Permission]) -> None:
    """Give the role of a model permissions, whether it is of our making or not."""
    if isinstance(role, ExecutionRole):
        role.permit(permissions)
    elif asked := tuple(permissions):
        grant(role, *asked)


def _document(permissions: Iterable[Permission]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [each.statement for each in permissions]}


@cache
def _sagemaker(source: str) -> iam.ServicePrincipal:
    return iam.ServicePrincipal("sagemaker.amazonaws.com", conditions={"ArnLike": {"aws:SourceArn": source}})
