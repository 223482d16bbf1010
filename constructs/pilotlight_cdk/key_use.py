"""Lets somebody use the customer-managed key, for no more than what it protects."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from pilotlight.catalog import actions
from pilotlight_cdk.permission import allow

TABLE_KEY_ACTIONS: Final = (
    actions.KMS_DECRYPT,
    "kms:DescribeKey",
    "kms:Encrypt",
    actions.KMS_GENERATE_DATA_KEY,
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What DynamoDB does with a table's key on behalf of a caller.

Source: DynamoDB Developer Guide, Encryption at rest, Authorizing use of your customer managed key.
"""


def use_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to read and write what the key encrypts in S3, SNS and SQS; None means there is no key."""
    if key is not None:
        allow(grantee, (actions.KMS_DECRYPT, actions.KMS_GENERATE_DATA_KEY), (key.key_arn,))


def use_table_key(grantee: iam.IGrantable, key: kms.IKey | None) -> None:
    """Allow to use a DynamoDB table that the key encrypts; None means there is no key."""
    if key is not None:
        allow(grantee, TABLE_KEY_ACTIONS, (key.key_arn,))
