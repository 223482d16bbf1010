"""The role that SageMaker assumes to run a model, with a policy of its own for what hosting takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from aws_cdk import CfnResource
from aws_cdk import aws_iam as iam
from constructs import Construct

from pilotlight_cdk.at_synth import at_synth
from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import Permission, as_found
from pilotlight_cdk.policy_parts import policy_parts
from pilotlight_cdk.written_policy import POLICY_LANGUAGE, WrittenPolicy, policy_document


class ExecutionRole:
    """Only SageMaker resources of the same account and region may assume it.

    That is AWS's advice (SageMaker Developer Guide, Cross-service confused deputy prevention). What hosting
    takes stands in a policy that is written as a whole, because each statement that the CDK adds by itself
    crosses to Node several times: when an endpoint hosts the model, at the latest when its app is
    synthesized. Grants of users go to a policy beside it.

    Attributes:
        cfn_role: the role itself.
        arn: a reference to its ARN.
    """

    def __init__(self, scope: Construct, id: str) -> None:
        location = Location.of(scope)
        self.cfn_role = iam.CfnRole(
            scope,
            id,
            description="Runs a SageMaker model: pulls its image, reads its files, writes logs and metrics",
            assume_role_policy_document=_trust(location),
        )
        Location.inherit(self.cfn_role, scope)
        self.arn = self.cfn_role.attr_arn
        self._permissions: dict[str, Permission] = {}
        self._policies: list[WrittenPolicy] = []
        self._waiting: list[CfnResource] = []
        at_synth(self.cfn_role, self._finish)

    @cached_property
    def role(self) -> iam.IRole:
        """The role as the CDK grants to it; what it is granted is waited for too."""
        role = iam.Role.from_role_name(self.cfn_role, "Granted", self._name)
        for resource in self._waiting:
            resource.node.add_dependency(role)
        return role

    def expect(self, permissions: Iterable[Permission]) -> None:
        """Add permissions to those that the role will have, each once; more are to come."""
        for each in permissions:
            self._permissions.setdefault(self._text(each), each)

    def permit(self, permissions: Iterable[Permission]) -> None:
        """Add permissions, the last ones for now."""
        self.expect(permissions)
        self._write()

    def precede(self, resource: CfnResource) -> None:
        """Let something wait until the role may do what it needs; SageMaker looks for files at once."""
        for policy in self._policies:
            resource.add_resource_dependency(policy.resource)
        self._waiting.append(resource)

    def _finish(self) -> None:
        self._write()
        for policy in self._policies:
            policy.acknowledge()  # if cdk-nag was imported since

    def _write(self) -> None:
        for number, part in enumerate(policy_parts(self._permissions.values())):
            if number == len(self._policies):
                self._policies.append(self._policy(number, part))
            else:
                self._policies[number].write(part)

    @cached_property
    def _name(self) -> str:
        return self.cfn_role.ref

    def _text(self, permission: Permission) -> str:
        """What a permission says, whichever reference to a resource it is said with."""
        resources = [as_found(self.cfn_role, each) for each in permission.resources]
        return repr((*permission.actions, resources, permission.conditions))

    def _policy(self, number: int, part: Sequence[Permission]) -> WrittenPolicy:
        """Create the inline policy; what it has no room for stands in managed ones."""
        policy = WrittenPolicy(self._inline(part) if number == 0 else self._managed(number, part), part)
        for resource in self._waiting:
            resource.add_resource_dependency(policy.resource)
        return policy

    def _inline(self, part: Sequence[Permission]) -> iam.CfnPolicy:
        return iam.CfnPolicy(
            self.cfn_role,
            "Hosting",
            policy_name="Hosting",
            policy_document=policy_document(part),
            roles=[self._name],
        )

    def _managed(self, number: int, part: Sequence[Permission]) -> iam.CfnManagedPolicy:
        return iam.CfnManagedPolicy(
            self.cfn_role, f"Hosting{number + 1}", policy_document=policy_document(part), roles=[self._name]
        )


def _trust(location: Location) -> dict[str, Any]:
    statement = {
        "Action": "sts:AssumeRole",
        "Condition": {"ArnLike": {"aws:SourceArn": location.arn("sagemaker", "*")}},
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
    }
    return {"Version": POLICY_LANGUAGE, "Statement": [statement]}
