"""Ends requests that nobody answered, every five minutes."""

from __future__ import annotations

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog import status_table as fact
from pilotlight_cdk.function_schedule import build_schedule
from pilotlight_cdk.key_use import use_keys, use_table_key
from pilotlight_cdk.permission import allow
from pilotlight_cdk.worker_function import WorkerFunction

EVERY: Final = Duration.minutes(5)
GRACE: Final = Duration.minutes(15)
"""How long after its deadline a row may still change: the queue offers a notification five times in that."""


class OverdueSweeper(Construct):
    """Looks for rows whose deadline has passed and tells the completion function of them.

    SageMaker notifies nobody when a request expires in its queue, so without it such a row would say
    "Submitted" for ever.

    Attributes:
        function: the Lambda function.
        cfn_schedule: starts it.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        status_table: dynamodb.ITable,
        completion_queue: sqs.IQueue,
        dead_letter_queue: sqs.IQueue,
        encryption_key: kms.IKey,
    ) -> None:
        super().__init__(scope, id)
        worker = WorkerFunction(
            self,
            "Function",
            source="sweeper",
            description="Reports requests that are past their deadline to the completion function",
            timeout=Duration.minutes(1),
            environment={
                "STATUS_TABLE": status_table.table_name,
                "COMPLETION_QUEUE_URL": completion_queue.queue_url,
                "GRACE_SECONDS": str(round(GRACE.to_seconds())),
            },
            encryption_key=encryption_key,
            dead_letter_queue=dead_letter_queue,
        )
        self.function: lambda_.Function = worker.function
        index = f"{status_table.table_arn}/index/{fact.OVERDUE_INDEX}"
        allow(self.function, fact.SWEEPER_INDEX_ACTIONS, (index,))
        use_table_key(self.function, status_table.encryption_key)
        allow(self.function, (actions.SEND_MESSAGE,), (completion_queue.queue_arn,))
        use_keys(self.function, encryption_key)
        self.cfn_schedule = build_schedule(
            self,
            function=self.function,
            every=EVERY,
            what="the sweeper of overdue asynchronous requests",
            called="the sweeper",
            retries=2,
        )
