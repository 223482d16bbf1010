"""Adds permissions to a role, and acknowledges each wildcard where it stands, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import IConstruct

from pilotlight_cdk.flattened import flattened
from pilotlight_cdk.literal import may_be_token


def allow(
    grantee: iam.IGrantable,
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    conditions: Mapping[str, Mapping[str, Any]] | None = None,
    wildcard_because: str | None = None,
) -> iam.Grant:
    """Allow the actions on the resources.

    Args:
        grantee: who may.
        actions: IAM actions, without wildcards.
        resources: ARNs. One with a wildcard needs `wildcard_because`.
        conditions: when. Default: always.
        wildcard_because: why a wildcard is as narrow as can be; acknowledges the finding of cdk-nag.
    """
    grant = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=list(actions),
        resource_arns=list(resources),
        conditions=None if conditions is None else {key: dict(value) for key, value in conditions.items()},
    )
    if wildcard_because is not None:
        principal = grantee if isinstance(grantee, iam.Role) else grantee.grant_principal
        _acknowledge(principal, resources, wildcard_because)
    return grant


def _acknowledge(principal: iam.IPrincipal, resources: Sequence[str], reason: str) -> None:
    policy = default_policy(principal)
    if policy is None:
        return
    findings = (f"Resource::{flattened(_resolved(policy, resource))}" for resource in resources)
    Validations.of(policy).acknowledge(
        *(Acknowledgment(id=f"AwsSolutions-IAM5[{finding}]", reason=reason) for finding in findings)
    )


def _resolved(policy: IConstruct, resource: str) -> Any:
    return Stack.of(policy).resolve(resource) if may_be_token(resource) else resource


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
