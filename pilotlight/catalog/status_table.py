"""The status table of asynchronous requests: the one home of its names on this side of the deployment.

The functions in lambda/ may import nothing of ours and repeat the few names they need; a test proves both
agree.

One row per request, partition key `inferenceId`. Attributes, all strings unless marked:

| attribute | meaning |
|---|---|
| inferenceId | the request, 1 to 64 characters; longer keys are the completion function's own lock records |
| status | Submitted, then exactly one of Completed, Failed, Expired: the first final state wins for good |
| endpointName, inputLocation, outputLocation, failureLocation, failureReason | as far as known |
| submittedAt, receivedAt, endedAt | ISO 8601: row written, request received by SageMaker, request ended |
| totalSeconds (N) | endedAt - receivedAt; the notification does not tell queueing from processing |
| pending | `answer` while Submitted, `event` while a final state is not yet announced, else absent |
| deadline (N) | epoch seconds; when what is pending should have happened; absent when nothing is pending |
| expiresAt (N) | epoch seconds; when DynamoDB may delete the row |

`pending` and `deadline` are the keys of a sparse index: it holds only rows that still wait for something,
so the sweeper reads what is overdue and nothing else. Each of its two partitions takes some 1,000 writes a
second (DynamoDB Developer Guide, Designing partition keys), which bounds a table to about 500 requests a
second.

Whoever submits a request writes its row first, so that a fast answer cannot overtake it: `put_item` under
the condition `attribute_not_exists(inferenceId)` with status Submitted, pending `answer`, deadline =
submittedAt + RequestTTLSeconds + InvocationTimeoutSeconds and expiresAt = deadline + retention. Without
such a row the request still ends in the table, but nobody notices when it never ends.

The completion function is the only one that ends rows and announces them. The sweeper puts an Expired
notification for each overdue row into the queue of its completion function. Pipelines that share a table
share its overdue rows: whichever sweeps first ends the row and announces it on its own bus.
"""

from __future__ import annotations

from enum import StrEnum

PARTITION_KEY = "inferenceId"
TTL_ATTRIBUTE = "expiresAt"

OVERDUE_INDEX = "overdue"
"""Global secondary index of what is pending; project the keys only."""
OVERDUE_INDEX_PARTITION_KEY = "pending"
OVERDUE_INDEX_SORT_KEY = "deadline"
"""A number, epoch seconds."""


class Status(StrEnum):
    """What a row says about its request."""

    SUBMITTED = "Submitted"
    COMPLETED = "Completed"
    FAILED = "Failed"
    EXPIRED = "Expired"


class Pending(StrEnum):
    """What a row still waits for."""

    ANSWER = "answer"
    EVENT = "event"


EVENT_SOURCE = "pilotlight.completion"
"""`source` of the EventBridge event of each final state; its `detail` is the row without index attributes."""

DETAIL_TYPES = {
    Status.COMPLETED: "InferenceCompleted",
    Status.FAILED: "InferenceFailed",
    Status.EXPIRED: "InferenceExpired",
}

COMPLETION_ENVIRONMENT = ("STATUS_TABLE", "EVENT_BUS", "RETENTION_SECONDS")
"""Variables of the completion function: table name, bus name or ARN, life of an ended row in seconds."""

COMPLETION_TABLE_ACTIONS = (
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
)
"""What the completion function does to the table; it also needs `events:PutEvents` on the bus."""

SWEEPER_ENVIRONMENT = ("STATUS_TABLE", "COMPLETION_QUEUE_URL", "GRACE_SECONDS")
"""Variables of the sweeper: table name, URL of the completion function's queue, patience after a deadline."""

SWEEPER_INDEX_ACTIONS = ("dynamodb:Query",)
"""What the sweeper does to the index (never to the table); it also needs `sqs:SendMessage` on the queue."""
