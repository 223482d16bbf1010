"""Follows each request to its end: notifications become rows of a table and events on a bus."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog import status_table as fact
from pilotlight.spec import Notify
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.key_use import use_keys, use_table_key
from pilotlight_cdk.overdue_sweeper import OverdueSweeper
from pilotlight_cdk.permission import allow
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.topic_to_queue import subscribe
from pilotlight_cdk.worker_function import WorkerFunction

FUNCTION_TIMEOUT: Final = Duration.seconds(30)
VISIBILITY_TIMEOUT: Final = Duration.seconds(6 * 30)
"""Six times the function's timeout (AWS Lambda Developer Guide, Using Lambda with Amazon SQS)."""

BATCH_SIZE: Final = 10
MAX_RECEIVE_COUNT: Final = 5
MAX_CONCURRENCY: Final = 5
"""Functions that empty the queue at once; the table's index would be the next limit, not they."""

DEAD_LETTER_RETENTION: Final = Duration.days(14)
DEFAULT_RETENTION: Final = timedelta(days=30)


class CompletionPipeline(Construct):
    """SNS → SQS → Lambda → status table and EventBridge event, exactly one final state per request.

    A message that cannot be processed ends in the dead-letter queue without holding up its batch; so does
    what SNS cannot deliver, and a sweep that fails.

    Args:
        success_topic: where SageMaker tells of answers.
        error_topic: where SageMaker tells of failures.
        status_table: holds the rows; see `StatusTable`.
        encryption_key: encrypts queues and logs; it must let SNS and CloudWatch Logs use it, as
            `CustomerKey` does.
        retention: how long the row of an ended request is kept. Default: 30 days.
        event_bus: gets an event for each final state. Default: the account's default bus.

    Attributes:
        queue: holds the notifications.
        dead_letter_queue: holds what could not be processed, for 14 days.
        function: writes rows and events.
        sweeper: ends what nobody answered.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        success_topic: sns.ITopic,
        error_topic: sns.ITopic,
        status_table: dynamodb.ITable,
        encryption_key: kms.IKey,
        retention: Duration | timedelta = DEFAULT_RETENTION,
        event_bus: events.IEventBus | None = None,
    ) -> None:
        kept = spec_of(Notify, ConstructPath(scope, id), {"retention": retention}).retention
        super().__init__(scope, id)
        self._key, self._table = encryption_key, status_table
        self._bus = self._default_bus() if event_bus is None else event_bus
        self.dead_letter_queue = self._build_dead_letter_queue()
        self.queue = self._build_queue()
        for name, topic in (("Success", success_topic), ("Error", error_topic)):
            subscribe(self, name, topic=topic, queue=self.queue, dead_letter_queue=self.dead_letter_queue)
        self.function = self._build_function(kept)
        self._feed_function()
        self.sweeper = OverdueSweeper(
            self,
            "Sweeper",
            status_table=status_table,
            completion_queue=self.queue,
            dead_letter_queue=self.dead_letter_queue,
            encryption_key=encryption_key,
        )

    def _default_bus(self) -> events.IEventBus:
        return events.EventBus.from_event_bus_name(self, "DefaultBus", "default")

    def _build_dead_letter_queue(self) -> sqs.Queue:
        return sqs.Queue(
            self,
            "DeadLetters",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=self._key,
            enforce_ssl=True,
            retention_period=DEAD_LETTER_RETENTION,
        )

    def _build_queue(self) -> sqs.Queue:
        return sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=self._key,
            enforce_ssl=True,
            visibility_timeout=VISIBILITY_TIMEOUT,
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letter_queue, max_receive_count=MAX_RECEIVE_COUNT
            ),
        )

    def _build_function(self, retention: timedelta) -> lambda_.Function:
        function = WorkerFunction(
            self,
            "Function",
            source="completion",
            description="Writes how asynchronous requests ended: a row of the status table and an event each",
            timeout=FUNCTION_TIMEOUT,
            environment={
                "STATUS_TABLE": self._table.table_name,
                "EVENT_BUS": self._bus.event_bus_name,
                "RETENTION_SECONDS": str(round(retention.total_seconds())),
            },
            encryption_key=self._key,
        ).function
        allow(function, fact.COMPLETION_TABLE_ACTIONS, (self._table.table_arn,))
        use_table_key(function, self._table.encryption_key)
        allow(function, (actions.PUT_EVENTS,), (self._bus.event_bus_arn,))
        return function

    def _feed_function(self) -> None:
        self.queue.grant_consume_messages(self.function)
        use_keys(self.function, self._key)
        self.function.add_event_source_mapping(
            "Messages",
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH_SIZE,
            report_batch_item_failures=True,
            max_concurrency=MAX_CONCURRENCY,
        )
