"""The foundation as an endpoint stack sees it: by its outputs, so that neither stack holds the other."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Fn, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns

from pilotlight.catalog import foundation as output
from stacks.foundation import FoundationStack


@dataclass(frozen=True, slots=True)
class Shared:
    """What an endpoint stack takes from the foundation.

    The values are read when the endpoint's stack is deployed (`Fn::GetStackOutput`). Passing the constructs
    themselves would let a grant change the foundation whenever an endpoint comes or goes.
    """

    encryption_key: kms.IKey
    bucket: s3.IBucket
    status_table: dynamodb.ITable
    alarm_topic: sns.ITopic

    @classmethod
    def seen_from(cls, stack: Stack, foundation: FoundationStack) -> Shared:
        """Look up the outputs of the foundation in an endpoint stack, which is then deployed after it."""
        stack.add_stack_dependency(foundation, reason="reads its outputs")

        def read(name: str) -> str:
            return Fn.get_stack_output(foundation.stack_name, name)

        key = kms.Key.from_key_arn(stack, "SharedKey", read(output.KEY_ARN))
        return cls(
            encryption_key=key,
            bucket=s3.Bucket.from_bucket_attributes(
                stack, "SharedBucket", bucket_name=read(output.DATA_BUCKET_NAME), encryption_key=key
            ),
            status_table=dynamodb.Table.from_table_attributes(
                stack, "SharedStatus", table_name=read(output.STATUS_TABLE_NAME), encryption_key=key
            ),
            alarm_topic=sns.Topic.from_topic_arn(stack, "SharedAlarmTopic", read(output.ALARM_TOPIC_ARN)),
        )
