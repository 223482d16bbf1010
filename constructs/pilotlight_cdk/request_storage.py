"""Where requests and answers of an asynchronous endpoint are in S3, and who may touch them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from pilotlight.catalog import actions
from pilotlight.catalog.naming import AsyncPrefixes
from pilotlight_cdk.key_use import key_of, key_permissions
from pilotlight_cdk.permission import Permission, grant

MANY_OBJECTS = "each request is an object of its own below the prefix"


@dataclass(frozen=True, slots=True)
class RequestStorage:
    """Three prefixes of a bucket: requests, answers, failures."""

    bucket: s3.IBucket
    prefixes: AsyncPrefixes
    key: kms.IKey

    @property
    def output_uri(self) -> str:
        """Where SageMaker writes answers; it adds the slash itself."""
        return self._uri(self.prefixes.output)

    @property
    def failure_uri(self) -> str:
        """Where SageMaker writes failures; it adds the slash itself."""
        return self._uri(self.prefixes.failure)

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """What the role of a model needs to read requests and to write answers and failures."""
        written = (actions.PUT_OBJECT, actions.ABORT_MULTIPART_UPLOAD)
        return (
            self._objects((actions.GET_OBJECT,), (self.prefixes.input,)),
            self._objects(written, (self.prefixes.output, self.prefixes.failure)),
            self._listing((self.prefixes.input,)),
            *self._keys,
        )

    def allow_caller(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody write requests, and read answers and failures as soon as they are there.

        Without the permission to list, S3 answers 403 instead of 404 while an answer is not there yet.
        """
        answers = (self.prefixes.output, self.prefixes.failure)
        return grant(
            grantee,
            self._objects((actions.PUT_OBJECT,), (self.prefixes.input,)),
            self._objects((actions.GET_OBJECT,), answers),
            self._listing(answers),
            *self._keys,
        )

    @property
    def _keys(self) -> tuple[Permission, ...]:
        """To use what requests are encrypted with; answers have the endpoint's key."""
        return key_permissions(self.key, key_of(self.bucket, self.key))

    def _objects(self, what: Sequence[str], prefixes: Sequence[str]) -> Permission:
        objects = [self.bucket.arn_for_objects(f"{prefix}*") for prefix in prefixes]
        return Permission(what, objects, wildcard_because=MANY_OBJECTS)

    def _listing(self, prefixes: Sequence[str]) -> Permission:
        below = [f"{prefix}*" for prefix in prefixes]
        conditions = {"StringLike": {"s3:prefix": below}}
        return Permission((actions.LIST_BUCKET,), (self.bucket.bucket_arn,), conditions)

    def _uri(self, prefix: str) -> str:
        return f"s3://{self.bucket.bucket_name}/{prefix.rstrip('/')}"
