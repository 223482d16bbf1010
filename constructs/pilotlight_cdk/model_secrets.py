"""Lets a model read secrets of AWS Secrets Manager, and gives their ids, never their values."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import aws_iam as iam
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import allow


def allow_secrets(
    scope: Construct, role: iam.IRole, secrets: Mapping[str, secretsmanager.ISecret | str]
) -> dict[str, str]:
    """Let the role read the secrets.

    One that is named gets no use of a key of its own; pass the secret itself, which knows its key.

    Returns:
        Variable → name or ARN of its secret.
    """
    for secret in secrets.values():
        if isinstance(secret, str):
            allow(role, (actions.GET_SECRET_VALUE,), (_arn(scope, secret),))
        else:
            secret.grant_read(role)
    return {
        name: secret if isinstance(secret, str) else secret.secret_arn for name, secret in secrets.items()
    }


def _arn(scope: Construct, secret: str) -> str:
    """Give the ARN; of a name it ends in the six characters that Secrets Manager appends."""
    if secret.startswith("arn:"):
        return secret
    return Location.of(scope).arn("secretsmanager", f"secret:{secret}-??????")
