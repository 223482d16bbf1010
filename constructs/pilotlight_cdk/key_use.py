"""Lets somebody use the customer-managed key, for no more than what it protects."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from pilotlight.catalog import actions
from pilotlight_cdk.permission import allow


def use_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to read and write what the key encrypts in S3, SNS and SQS; None means there is no key."""
    if key is not None:
        allow(grantee, (actions.KMS_DECRYPT, actions.KMS_GENERATE_DATA_KEY), (key.key_arn,))


def use_keys(grantee: iam.IGrantable, *keys: kms.IKey | None) -> None:
    """Allow the same for several keys, each of them once."""
    for key in dict.fromkeys(keys):
        use_key(grantee, key)


def key_of(bucket: s3.IBucket, otherwise: kms.IKey) -> kms.IKey:
    """Give what a bucket encrypts with: its own key as far as that is known, else that of the endpoint."""
    return bucket.encryption_key or otherwise


def use_table_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to use a DynamoDB table that the key encrypts; None means there is no key."""
    if key is not None:
        allow(grantee, actions.USE_TABLE_KEY, (key.key_arn,))
