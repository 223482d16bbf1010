"""Lets a model read secrets of AWS Secrets Manager, and gives their ids, never their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aws_cdk import aws_secretsmanager as secretsmanager

from pilotlight.catalog import actions
from pilotlight_cdk.hosting_role import HostingRole
from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import Permission

Secret = secretsmanager.ISecret | str


def secret_ids(secrets: Mapping[str, Secret]) -> dict[str, str]:
    """Give the name or ARN of each variable's secret."""
    return {
        name: secret if isinstance(secret, str) else secret.secret_arn for name, secret in secrets.items()
    }


def allow_secrets(role: HostingRole, secrets: Iterable[Secret], location: Location) -> None:
    """Let the role read secrets of the account.

    One that is named gets no use of a key of its own; pass the secret itself, which knows its key.
    """
    named = [secret for secret in secrets if isinstance(secret, str)]
    role.expect(Permission((actions.GET_SECRET_VALUE,), (_arn(location, each),)) for each in named)
    for secret in secrets:
        if not isinstance(secret, str):
            secret.grant_read(role.role)


def _arn(location: Location, secret: str) -> str:
    """Give the ARN; of a name it ends in the six characters that Secrets Manager appends."""
    if secret.startswith("arn:"):
        return secret
    return location.arn("secretsmanager", f"secret:{secret}-??????")
