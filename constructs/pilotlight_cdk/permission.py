"""Says who may do what, and acknowledges each wildcard where it stands, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final
from weakref import WeakKeyDictionary

from aws_cdk import Aws, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import IConstruct, Node

from pilotlight_cdk.flattened import flattened
from pilotlight_cdk.literal import may_be_token

PSEUDO_PARAMETERS: Final = {
    Aws.PARTITION: "<AWS::Partition>",
    Aws.REGION: "<AWS::Region>",
    Aws.ACCOUNT_ID: "<AWS::AccountId>",
}
"""The references that stand in almost every ARN, as cdk-nag writes them."""


ACKNOWLEDGED: Final = Validations.ACKNOWLEDGED_RULES_METADATA_KEY


@dataclass(frozen=True, slots=True)
class Permission:
    """What somebody may do.

    Attributes:
        actions: IAM actions, without wildcards.
        resources: ARNs. One with a wildcard needs `wildcard_because`.
        conditions: when. Default: always.
        wildcard_because: why a wildcard is as narrow as can be; acknowledges the finding of cdk-nag.
    """

    actions: Sequence[str]
    resources: Sequence[str]
    conditions: Mapping[str, Mapping[str, Any]] | None = None
    wildcard_because: str | None = None

    @property
    def statement(self) -> dict[str, Any]:
        """The statement of a policy."""
        conditions = {} if self.conditions is None else {"Condition": self.conditions}
        return {
            "Action": _one_or_all(self.actions),
            "Effect": "Allow",
            "Resource": _one_or_all(self.resources),
            **conditions,
        }


def _one_or_all(values: Sequence[str]) -> str | list[str]:
    """Write a list as IAM and the CDK do."""
    return values[0] if len(values) == 1 else list(values)


def allow(
    grantee: iam.IGrantable,
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    conditions: Mapping[str, Mapping[str, Any]] | None = None,
    wildcard_because: str | None = None,
) -> iam.Grant:
    """Give somebody the one `Permission` that has these attributes."""
    return grant(grantee, Permission(actions, resources, conditions, wildcard_because))


def grant(grantee: iam.IGrantable, *permissions: Permission) -> iam.Grant:
    """Give somebody permissions in the CDK's own way."""
    granted = [_add(grantee, each) for each in permissions]
    if any(each.wildcard_because is not None for each in permissions):
        principal = grantee if isinstance(grantee, iam.Role) else grantee.grant_principal
        policy = default_policy(principal)
        if policy is not None:
            acknowledge_wildcards(policy, permissions)
    return reduce(lambda whole, part: whole.combine(part), granted)


def _add(grantee: iam.IGrantable, permission: Permission) -> iam.Grant:
    conditions = permission.conditions
    return iam.Grant.add_to_principal(
        grantee=grantee,
        actions=list(permission.actions),
        resource_arns=list(permission.resources),
        conditions=None if conditions is None else {key: dict(value) for key, value in conditions.items()},
    )


def acknowledge_wildcards(policy: IConstruct, permissions: Iterable[Permission]) -> None:
    """Answer what cdk-nag finds in the statements of a policy, with the reasons of those that give one.

    It writes what `Validations.acknowledge` would, as one entry, and without the stack trace of each.
    """
    found = (
        (as_found(policy, resource), each.wildcard_because)
        for each in permissions
        if each.wildcard_because is not None
        for resource in each.resources
    )
    reasons = {f"AwsSolutions-IAM5[Resource::{text}]": why for text, why in found if "*" in text}
    if reasons:
        if policy not in _NODES:
            _NODES[policy] = policy.node
        _NODES[policy].add_metadata(ACKNOWLEDGED, reasons)


def as_found(scope: IConstruct, resource: str) -> str:
    """Write a resource as cdk-nag does; the CDK is only asked about what is more than a pseudo parameter."""
    for reference, text in PSEUDO_PARAMETERS.items():
        resource = resource.replace(reference, text)
    return flattened(Stack.of(scope).resolve(resource)) if may_be_token(resource) else resource


def default_policy(principal: iam.IPrincipal) -> IConstruct | None:
    """Find the policy that the CDK adds grants to; imported roles and those without grants have none."""
    known = _POLICIES.get(principal)
    node = None if known is not None else getattr(principal, "node", None)
    if node is None:
        return known
    policy: IConstruct | None = node.try_find_child("DefaultPolicy")
    if policy is not None:
        _POLICIES[principal] = policy
    return policy


_POLICIES: Final[WeakKeyDictionary[iam.IPrincipal, IConstruct]] = WeakKeyDictionary()
"""Those that were found, because looking for them crosses to Node."""

_NODES: Final[WeakKeyDictionary[IConstruct, Node]] = WeakKeyDictionary()
"""Of policies that acknowledge something, for the same reason."""
