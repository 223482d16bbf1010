"""What becomes of messages when AWS refuses, the function dies, or somebody else is faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.lambda_functions.conftest import NOW, Delivery
from tests.lambda_functions.in_memory_aws import (
    Answer,
    InMemoryAws,
    Killed,
    answer,
    killed_after,
    killed_before,
    once,
    throttled,
)
from tests.lambda_functions.notifications import completed, failed


@pytest.mark.parametrize("operation", ["PutItem", "UpdateItem", "PutEvents"])
def test_throttling_delays_only_its_message(deliver: Delivery, aws: InMemoryAws, operation: str) -> None:
    """A throttled call sends its message back to the queue; delivered again, it ends like the others."""
    aws.faults = once(operation, throttled)

    assert ["m0"] == deliver(completed("r1"), completed("r2"))
    assert [] == deliver(completed("r1"))
    assert ["Completed", "Completed"] == [aws.row(request)["status"] for request in ("r1", "r2")]
    assert ["r1", "r2"] == sorted(detail["inferenceId"] for detail in aws.details())


def test_an_event_the_bus_refuses_is_tried_again(deliver: Delivery, aws: InMemoryAws) -> None:
    """PutEvents may answer 200 and refuse the entry: the event stays pending until it is out."""
    refused = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}
    aws.faults = once("PutEvents", lambda call: answer(refused))

    assert ["m0"] == deliver(completed("r1"))
    assert ("Completed", "event", int(NOW)) == tuple(
        aws.row("r1")[name] for name in ("status", "pending", "deadline")
    )
    assert [] == deliver(completed("r1"))
    assert ["InferenceCompleted"] == aws.detail_types()
    assert "pending" not in aws.row("r1")


CRASHES = {
    "before the row": (once("UpdateItem", killed_before, 1), 1),
    "after the row": (once("UpdateItem", killed_after, 1), 1),
    "before the event": (once("PutEvents", killed_before), 1),
    "after the event": (once("PutEvents", killed_after), 2),
    "before the mark is removed": (once("UpdateItem", killed_before, 2), 2),
    "after the mark is removed": (once("UpdateItem", killed_after, 2), 1),
    "before the lock is settled": (once("UpdateItem", killed_before, 3), 1),
}


@pytest.mark.parametrize(("crash", "events"), CRASHES.values(), ids=CRASHES)
def test_a_crash_loses_no_event(deliver: Delivery, aws: InMemoryAws, crash: Any, events: int) -> None:
    """Wherever it dies, the next delivery completes the work; only between event and mark it tells twice."""
    aws.faults = crash
    with pytest.raises(Killed):
        deliver(completed("r1"), remaining_millis=-1)

    assert [] == deliver(completed("r1"))
    assert ["InferenceCompleted"] * events == aws.detail_types()
    assert "Completed" == aws.row("r1")["status"]
    assert "pending" not in aws.row("r1")


def test_a_contradiction_after_a_crash_announces_what_the_row_says(
    deliver: Delivery, aws: InMemoryAws
) -> None:
    """The row won before the crash; whoever comes next publishes the row and not his own news."""
    aws.faults = once("PutEvents", killed_before)
    with pytest.raises(Killed):
        deliver(failed("r1"), remaining_millis=-1)

    assert [] == deliver(completed("r1"))
    assert "Failed" == aws.row("r1")["status"]
    assert ["InferenceFailed"] == aws.detail_types()


def test_concurrent_duplicates_publishonce(deliver: Delivery, aws: InMemoryAws) -> None:
    """A message that comes while another publishes for the same request goes back to the queue."""
    second: list[list[str]] = []

    def meanwhile(call: Callable[[], Answer]) -> Answer:
        aws.faults = lambda operation: None
        second.append(deliver(failed("r1")))
        return call()

    aws.faults = once("PutEvents", meanwhile)
    deliver(completed("r1"))

    assert [["m0"]] == second
    assert ["InferenceCompleted"] == aws.detail_types()
    assert [] == deliver(failed("r1"))
    assert ["InferenceCompleted"] == aws.detail_types()


def test_a_row_deleted_while_it_was_announced_stays_deleted(deliver: Delivery, aws: InMemoryAws) -> None:
    """Removing the mark does not bring back a row whose life was over."""

    def meanwhile(call: Callable[[], Answer]) -> Answer:
        aws.dynamodb_client.delete_item(TableName="status", Key={"inferenceId": {"S": "r1"}})
        return call()

    aws.faults = once("PutEvents", meanwhile)

    assert [] == deliver(completed("r1"))
    assert {} == aws.row("r1")
