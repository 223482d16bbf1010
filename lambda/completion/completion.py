"""The work of the completion function, apart from Lambda: one message in, one final row and one event out.

Each message runs under the lock of its inference id, and in this order:

1. one conditional write makes the row final and marks its event as pending;
2. the event goes to EventBridge;
3. the mark is removed.

A failure after 1 or 2 leaves the mark, so whoever comes next (the redelivered message, a duplicate, the
sweeper) announces what the row says. An event is therefore never lost, and told twice only when step 3 fails
after step 2. The lock keeps concurrent duplicates from both seeing the mark; the row, not the lock, is the
truth.

The first final state wins, whoever told it. That holds for Expired too: an answer that arrives after the
sweeper gave up is logged and left out, because consumers have already acted on the first event. Its output is
still in S3.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from announcement import EventBus
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from failure import why
from lock import InferenceLock
from notification import Ending, read
from status_table import EVENT, StatusTable, ended


@dataclass(frozen=True, slots=True)
class Settings:
    """Where ended requests are written and announced, and how long a row then lives (seconds)."""

    table: str
    bus: str
    retention: int

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """The settings of a process environment."""
        retention = int(environment["RETENTION_SECONDS"])
        return cls(environment["STATUS_TABLE"], environment["EVENT_BUS"], retention)


class Completion:
    """Ends requests in the status table; the two clients are its only way to the outside world."""

    def __init__(
        self,
        settings: Settings,
        *,
        dynamodb: Any,
        events: Any,
        logger: Logger,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._retention, self._logger, self._clock = settings.retention, logger, clock
        self._table = StatusTable(dynamodb, settings.table)
        self._bus = EventBus(events, settings.bus)
        self._processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
        self._lock = InferenceLock(settings.table, dynamodb)
        self._end_alone = self._lock.around(self._end)

    def __call__(self, event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        """Process a batch of queue messages and name those that must be delivered again."""
        self._lock.lasts_no_longer_than(context)
        return process_partial_response(event, self._take, self._processor, context)

    def _take(self, record: SQSRecord) -> None:
        try:
            ending = read(record.body)
            if ending is not None:
                self._end_alone(ending=ending)
        except Exception as error:
            left = {"messageId": record.message_id, "why": why(error)}
            self._logger.warning("message left in its queue", extra=left)
            raise

    def _end(self, ending: Ending) -> None:
        attributes = ended(ending, now=self._clock(), retention=self._retention)
        row = self._table.end(ending.inference_id, attributes)
        pending = row.get("pending") == EVENT
        if pending:
            self._bus.announce(row)
            self._table.announced(ending.inference_id)
        told = {"inferenceId": ending.inference_id, "told": ending.status, "status": row["status"]}
        self._logger.info("request ended" if pending else "request had ended before", extra=told)
