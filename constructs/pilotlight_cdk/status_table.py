"""The table that says of each request how far it is."""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from constructs import Construct

from pilotlight.catalog import status_table as fact


class StatusTable(dynamodb.Table):
    """Holds one row per request; rows delete themselves, the table outlives its stack.

    Its keys are those of `pilotlight.catalog.status_table`. Paid per request, recoverable to any second of
    the last 35 days.
    """

    def __init__(self, scope: Construct, id: str, *, encryption_key: kms.IKey) -> None:
        super().__init__(
            scope,
            id,
            partition_key=_key(fact.PARTITION_KEY, dynamodb.AttributeType.STRING),
            time_to_live_attribute=fact.TTL_ATTRIBUTE,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=encryption_key,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.add_global_secondary_index(
            index_name=fact.OVERDUE_INDEX,
            partition_key=_key(fact.OVERDUE_INDEX_PARTITION_KEY, dynamodb.AttributeType.STRING),
            sort_key=_key(fact.OVERDUE_INDEX_SORT_KEY, dynamodb.AttributeType.NUMBER),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )


def _key(name: str, kind: dynamodb.AttributeType) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=kind)
