"""The region and account that resources belong to, and the ARNs they get there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One region of one account."""

    region: str
    account: str

    def arn(self, kind: str, name: str) -> str:
        """The ARN of a SageMaker resource; `kind` is `model`, `endpoint-config` or `endpoint`."""
        return f"arn:aws:sagemaker:{self.region}:{self.account}:{kind}/{name}"


def name_of(arn: str) -> str:
    """The name in the ARN of a SageMaker resource."""
    return arn.rpartition("/")[2]
