"""Adds permissions to a role, and acknowledges each wildcard where it stands, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import IConstruct

from pilotlight_cdk.flattened import flattened


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
        _acknowledge(grantee.grant_principal, resources, wildcard_because)
    return grant


def _acknowledge(principal: iam.IPrincipal, resources: Sequence[str], reason: str) -> None:
    policy = _default_policy(principal)
    if policy is None:
        return
    for resource in resources:
        finding = f"Resource::{flattened(Stack.of(policy).resolve(resource))}"
        Validations.of(policy).acknowledge(Acknowledgment(id=f"AwsSolutions-IAM5[{finding}]", reason=reason))


def _default_policy(principal: iam.IPrincipal) -> IConstruct | None:
    """Find the policy that the CDK adds grants to; roles that were imported have none."""
    node = getattr(principal, "node", None)
    return None if node is None else node.try_find_child("DefaultPolicy")
