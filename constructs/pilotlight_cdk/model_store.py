"""Where the models of an endpoint of many are published, and who may do that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from pilotlight.catalog import actions
from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.key_use import key_of, use_keys
from pilotlight_cdk.literal import refuse_tokens
from pilotlight_cdk.permission import allow

MANY_MODELS: Final = "models are published after the deployment, under names of their own"


@dataclass(frozen=True, slots=True)
class ModelStore:
    """A prefix of a bucket. prefix: ends in a slash."""

    bucket: s3.IBucket
    prefix: str
    key: kms.IKey

    @property
    def uri(self) -> str:
        """`s3://bucket/prefix/`."""
        return self.bucket.s3_url_for_object(self.prefix)

    @property
    def encrypted_with(self) -> kms.IKey:
        """The key of the models."""
        return key_of(self.bucket, self.key)

    def allow_publisher(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody put artefacts below the prefix, in parts too, and see which there are."""
        objects = (self.bucket.arn_for_objects(f"{self.prefix}*"),)
        put = allow(
            grantee,
            (actions.ABORT_MULTIPART_UPLOAD, actions.PUT_OBJECT),
            objects,
            wildcard_because=MANY_MODELS,
        )
        listed = allow(
            grantee,
            (actions.LIST_BUCKET,),
            (self.bucket.bucket_arn,),
            conditions={"StringLike": {"s3:prefix": f"{self.prefix}*"}},
        )
        use_keys(grantee, self.encrypted_with)
        return put.combine(listed)


def refuse_no_prefix(where: object, prefix: str | None) -> None:
    """Raise FleetRefused when models would not be below a prefix, which ends in a slash."""
    refuse_tokens(where, {"models_prefix": prefix})
    if prefix is not None and not prefix.endswith("/"):
        what = "does not end in a slash"
        raise FleetRefused((Refusal("", None, f"{where}.models_prefix", what, prefix, f"{prefix}/"),))
