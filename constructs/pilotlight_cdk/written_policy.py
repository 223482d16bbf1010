"""A policy that is written as a whole, with the wildcards in it acknowledged."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

from aws_cdk import aws_iam as iam

from pilotlight_cdk.permission import Permission, acknowledge_wildcards

CDK_NAG: Final = "cdk_nag"
"""The module that an app imports before anything can be found in it."""

POLICY_LANGUAGE: Final = "2012-10-17"
"""The version of the language of policies (IAM User Guide, IAM JSON policy elements: Version)."""


class WrittenPolicy:
    """A policy, and the permissions that were written into it; more can be added, none taken away.

    Attributes:
        resource: the policy.
    """

    def __init__(self, resource: iam.CfnPolicy | iam.CfnManagedPolicy, part: Sequence[Permission]) -> None:
        self.resource, self._part = resource, part
        self._acknowledged = 0
        self.acknowledge()

    def write(self, part: Sequence[Permission]) -> None:
        """Replace what it says, if that is something else; permissions are only ever added."""
        if part != self._part:
            self.resource.policy_document = policy_document(part)
            self._part = part
            self.acknowledge()

    def acknowledge(self) -> None:
        """Answer what cdk-nag finds, where an app has it: nobody else reads these notes."""
        if CDK_NAG in sys.modules:
            acknowledge_wildcards(self.resource, self._part[self._acknowledged :])
            self._acknowledged = len(self._part)


def policy_document(permissions: Iterable[Permission]) -> dict[str, Any]:
    """Give the document that allows these."""
    return {"Version": POLICY_LANGUAGE, "Statement": [each.statement for each in permissions]}
