"""The use of a customer-managed key, for no more than what it protects."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from pilotlight.catalog import actions
from pilotlight_cdk.key_arn import key_arn
from pilotlight_cdk.permission import Permission, allow, grant

USE_KEY: Final = (actions.KMS_DECRYPT, actions.KMS_GENERATE_DATA_KEY)


def key_permissions(*keys: kms.IKey | None) -> tuple[Permission, ...]:
    """To read and write what the keys encrypt in S3, SNS and SQS; None means there is no key."""
    return tuple(Permission(USE_KEY, (key_arn(key),)) for key in dict.fromkeys(keys) if key is not None)


def use_keys(grantee: iam.IGrantable, *keys: kms.IKey | None) -> None:
    """Give somebody these permissions."""
    for each in key_permissions(*keys):
        grant(grantee, each)


def key_of(bucket: s3.IBucket, otherwise: kms.IKey) -> kms.IKey:
    """Give what a bucket encrypts with: its own key as far as that is known, else that of the endpoint."""
    return bucket.encryption_key or otherwise


def use_table_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to use a DynamoDB table that the key encrypts; None means there is no key."""
    if key is not None:
        allow(grantee, actions.USE_TABLE_KEY, (key.key_arn,))
