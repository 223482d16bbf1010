"""A policy that is written as a whole, with the wildcards in it acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from aws_cdk import aws_iam as iam

from pilotlight_cdk.permission import Permission, acknowledge_wildcards

POLICY_LANGUAGE: Final = "2012-10-17"
"""The version of the language of policies (IAM User Guide, IAM JSON policy elements: Version)."""


class WrittenPolicy:
    """A policy, and the permissions that were written into it; more can be added, none taken away.

    Attributes:
        resource: the policy.
    """

    def __init__(self, resource: iam.CfnPolicy | iam.CfnManagedPolicy, part: Sequence[Permission]) -> None:
        self.resource, self._part = resource, part
        acknowledge_wildcards(resource, part)

    def write(self, part: Sequence[Permission]) -> None:
        """Replace what it says, if that is something else; permissions are only ever added."""
        if part != self._part:
            self.resource.policy_document = policy_document(part)
            acknowledge_wildcards(self.resource, part[len(self._part) :])
            self._part = part


def policy_document(permissions: Iterable[Permission]) -> dict[str, Any]:
    """Give the document that allows these."""
    return {"Version": POLICY_LANGUAGE, "Statement": [each.statement for each in permissions]}
