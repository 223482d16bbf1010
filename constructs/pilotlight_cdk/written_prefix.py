"""A prefix of a bucket that an endpoint writes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from pilotlight_cdk.key_use import key_permissions
from pilotlight_cdk.permission import Permission


@dataclass(frozen=True, slots=True)
class WrittenPrefix:
    """Where SageMaker keeps something for an endpoint, encrypted with the endpoint's key."""

    bucket: s3.IBucket
    prefix: str
    key: kms.IKey

    @property
    def uri(self) -> str:
        """The prefix without its last slash, which SageMaker adds itself."""
        return f"s3://{self.bucket.bucket_name}/{self.prefix.rstrip('/')}"

    def _written(self, actions: Sequence[str], because: str) -> tuple[Permission, ...]:
        """What it takes to write with these actions."""
        objects = self.bucket.arn_for_objects(f"{self.prefix}*")
        return (Permission(actions, (objects,), wildcard_because=because), *key_permissions(self.key))
