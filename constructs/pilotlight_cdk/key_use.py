"""Lets somebody use the customer-managed key, for no more than what it protects."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from pilotlight.catalog import actions
from pilotlight_cdk.permission import allow


def use_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to read and write what the key encrypts in S3, SNS and SQS; None means there is no key."""
    if key is not None:
        allow(grantee, (actions.KMS_DECRYPT, actions.KMS_GENERATE_DATA_KEY), (key.key_arn,))


def use_table_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to use a DynamoDB table that the key encrypts; None means there is no key."""
    if key is not None:
        allow(grantee, actions.USE_TABLE_KEY, (key.key_arn,))
