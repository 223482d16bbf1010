"""Where requests and answers of an asynchronous endpoint are in S3, and who may touch them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from pilotlight.catalog import actions
from pilotlight.catalog.naming import AsyncPrefixes
from pilotlight_cdk.key_use import key_of, use_keys
from pilotlight_cdk.permission import allow

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

    def allow_endpoint(self, role: iam.IGrantable) -> None:
        """Let the role of the endpoint read requests and write answers and failures."""
        self._allow(role, (actions.GET_OBJECT,), (self.prefixes.input,))
        self._allow(
            role,
            (actions.PUT_OBJECT, actions.ABORT_MULTIPART_UPLOAD),
            (self.prefixes.output, self.prefixes.failure),
        )
        self._allow_listing(role, (self.prefixes.input,))
        use_keys(role, self.key, self._bucket_key)

    def allow_caller(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody write requests, and read answers and failures as soon as they are there.

        Without the permission to list, S3 answers 403 instead of 404 while an answer is not there yet.
        """
        grant = self._allow(grantee, (actions.PUT_OBJECT,), (self.prefixes.input,))
        answers = (self.prefixes.output, self.prefixes.failure)
        grant = grant.combine(self._allow(grantee, (actions.GET_OBJECT,), answers))
        grant = grant.combine(self._allow_listing(grantee, answers))
        use_keys(grantee, self.key, self._bucket_key)
        return grant

    @property
    def _bucket_key(self) -> kms.IKey:
        """What requests are encrypted with; answers have the endpoint's key."""
        return key_of(self.bucket, self.key)

    def _allow(self, grantee: iam.IGrantable, what: Sequence[str], prefixes: Sequence[str]) -> iam.Grant:
        objects = [self.bucket.arn_for_objects(f"{prefix}*") for prefix in prefixes]
        return allow(grantee, what, objects, wildcard_because=MANY_OBJECTS)

    def _allow_listing(self, grantee: iam.IGrantable, prefixes: Sequence[str]) -> iam.Grant:
        below = [f"{prefix}*" for prefix in prefixes]
        return allow(
            grantee,
            (actions.LIST_BUCKET,),
            (self.bucket.bucket_arn,),
            conditions={"StringLike": {"s3:prefix": below}},
        )

    def _uri(self, prefix: str) -> str:
        return f"s3://{self.bucket.bucket_name}/{prefix.rstrip('/')}"
