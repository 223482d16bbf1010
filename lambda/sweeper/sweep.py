"""Finds rows that still wait for something after their deadline and tells the completion function.

The sweeper itself never ends a row and never announces an event: it puts an Expired notification into the
queue of the completion function, which is the only writer, brings retries and dead letters, and keeps the
first final state. One message serves both kinds of overdue row: a Submitted row ends as Expired, a final
row whose event got lost is announced as what it is, and a row that meanwhile settled is left alone. A lost
or repeated message is harmless: the next run finds what is still overdue.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

OVERDUE_INDEX = "overdue"
INDEX_KEYS = ("pending", "deadline")
PENDING = ("event", "answer")
"""Lost events first: they are few, and their request has already ended."""

ROWS_PER_RUN = 1_000
PAGE = 1_000
"""Rows per read; keys are small, so this is one read of DynamoDB."""
BATCH = 10
"""Messages per call (SQS API Reference, SendMessageBatch)."""

REASON = "no result came before the deadline: the request expired in the queue or was dropped"


class SweepIncompleteError(RuntimeError):
    """The queue refused some messages; the next run sends them."""


def notification(inference_id: str, *, now: float) -> str:
    """What the completion function is told of an overdue row, in the shape of SageMaker's notification."""
    return json.dumps(
        {
            "eventSource": "pilotlight.sweeper",
            "eventName": "InferenceResult",
            "eventTime": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
            "invocationStatus": "Expired",
            "inferenceId": inference_id,
            "failureReason": REASON,
        }
    )


@dataclass(frozen=True, slots=True)
class Sweeper:
    """One index and one queue behind their clients. `grace` is the patience after a deadline, in seconds."""

    dynamodb: Any
    sqs: Any
    table: str
    queue_url: str
    grace: int

    def sweep(self, now: float) -> int:
        """Tell the completion function of the oldest overdue rows, at most 1,000; how many they were.

        Raises:
            SweepIncompleteError: not all of them could be told.
        """
        pages = chain.from_iterable(self._overdue(pending, before=now - self.grace) for pending in PENDING)
        ids = list(islice(pages, ROWS_PER_RUN))
        batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
        refused = sum(self._tell(batch, now) for batch in batches)
        if refused > 0:
            raise SweepIncompleteError(f"queue refused {refused} of {len(ids)} messages")
        return len(ids)

    def _overdue(self, pending: str, *, before: float) -> Iterator[str]:
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.table,
            IndexName=OVERDUE_INDEX,
            KeyConditionExpression="#pending = :pending AND #deadline < :before",
            ExpressionAttributeNames={f"#{key}": key for key in INDEX_KEYS},
            ExpressionAttributeValues={":pending": {"S": pending}, ":before": {"N": str(int(before))}},
            PaginationConfig={"PageSize": PAGE},
        )
        return (item["inferenceId"]["S"] for page in pages for item in page["Items"])

    def _tell(self, inference_ids: Sequence[str], now: float) -> int:
        entries = [
            {"Id": str(number), "MessageBody": notification(inference_id, now=now)}
            for number, inference_id in enumerate(inference_ids)
        ]
        answer = self.sqs.send_message_batch(QueueUrl=self.queue_url, Entries=entries)
        return len(answer.get("Failed", []))
