"""What the sweeper finds and tells, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.lambda_functions.conftest import NOW, Delivery
from tests.lambda_functions.in_memory_aws import TABLE, Answer, InMemoryAws, answer, throttled
from tests.lambda_functions.notifications import completed

GRACE = 300
OVERDUE = int(NOW) - GRACE - 1


@pytest.fixture
def sweeper(sweeper_modules: SimpleNamespace, aws: InMemoryAws) -> Any:
    """A sweeper of the in-memory table."""
    return sweeper_modules.sweep.Sweeper(
        aws.dynamodb_client, aws.sqs_client, table=TABLE, queue_url="https://queue", grace=GRACE
    )


def _submit(aws: InMemoryAws, inference_id: str, deadline: int) -> None:
    aws.put_row(inferenceId=inference_id, status="Submitted", pending="answer", deadline=deadline)


def _told(aws: InMemoryAws) -> list[str]:
    return [json.loads(message)["inferenceId"] for message in aws.messages]


def test_only_rows_past_deadline_and_grace_are_told(sweeper: Any, aws: InMemoryAws) -> None:
    """A request whose answer may still come, and one that has ended, are left alone."""
    _submit(aws, "overdue", OVERDUE)
    _submit(aws, "in grace", OVERDUE + 1)
    _submit(aws, "waiting", int(NOW) + 1)
    aws.put_row(inferenceId="ended", status="Completed")

    assert 1 == sweeper.sweep(NOW)
    assert ["overdue"] == _told(aws)


def test_an_overdue_request_ends_as_expired(sweeper: Any, aws: InMemoryAws, deliver: Delivery) -> None:
    """The completion function ends the row, tells why, announces it, and leaves nothing to sweep."""
    _submit(aws, "r1", OVERDUE)
    sweeper.sweep(NOW)

    assert [] == deliver(*aws.messages)
    row = aws.row("r1")
    assert ("Expired", "2027-01-15T08:00:00.000+00:00") == (row["status"], row["endedAt"])
    assert "no result came before the deadline" in row["failureReason"]
    assert ["InferenceExpired"] == aws.detail_types()
    assert 0 == sweeper.sweep(NOW + 10 * GRACE)


def test_an_answer_that_overtakes_the_sweeper_wins(sweeper: Any, aws: InMemoryAws, deliver: Delivery) -> None:
    """Swept and answered at the same time: whichever message is processed first decides, for good."""
    _submit(aws, "answered first", OVERDUE)
    _submit(aws, "swept first", OVERDUE)
    sweeper.sweep(NOW)

    assert [] == deliver(completed("answered first"), *aws.messages, completed("swept first"))
    assert ["Completed", "Expired"] == [aws.row(key)["status"] for key in ("answered first", "swept first")]
    assert ["InferenceCompleted", "InferenceExpired"] == aws.detail_types()


def test_an_event_that_never_got_out_is_announced_as_what_the_row_says(
    sweeper: Any, aws: InMemoryAws, deliver: Delivery
) -> None:
    """A message whose publication failed may end as dead letter: the sweeper brings the event out."""
    aws.put_row(
        inferenceId="r1", status="Completed", pending="event", deadline=OVERDUE, outputLocation="s3://out"
    )
    sweeper.sweep(NOW)

    assert [] == deliver(*aws.messages)
    assert [("InferenceCompleted", "s3://out")] == [
        (event["DetailType"], json.loads(event["Detail"])["outputLocation"]) for event in aws.events
    ]
    assert {"inferenceId": "r1", "status": "Completed", "outputLocation": "s3://out"} == aws.row("r1")


def test_sweeping_twice_ends_a_request_once(sweeper: Any, aws: InMemoryAws, deliver: Delivery) -> None:
    """A second run before the first one's messages are processed does no harm."""
    _submit(aws, "r1", OVERDUE)

    assert [1, 1] == [sweeper.sweep(NOW), sweeper.sweep(NOW)]
    assert [] == deliver(*aws.messages)
    assert ["InferenceExpired"] == aws.detail_types()


def test_a_run_is_bounded_and_takes_the_oldest(
    sweeper: Any, sweeper_modules: SimpleNamespace, aws: InMemoryAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flood is worked off over several runs, lost events first, then the requests that wait longest."""
    monkeypatch.setattr(sweeper_modules.sweep, "ROWS_PER_RUN", 12)
    for number in range(15):
        _submit(aws, f"r{number:02}", OVERDUE - number)
    aws.put_row(inferenceId="event", status="Failed", pending="event", deadline=OVERDUE)

    assert 12 == sweeper.sweep(NOW)
    assert ["event", *(f"r{number:02}" for number in range(14, 3, -1))] == _told(aws)
    assert ["Query", "Query", "SendMessageBatch", "SendMessageBatch"] == aws.calls[-4:]


def test_all_pages_are_read(
    sweeper: Any, sweeper_modules: SimpleNamespace, aws: InMemoryAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DynamoDB answers in pages; rows behind the first one are found too."""
    for number in range(5):
        _submit(aws, f"r{number}", OVERDUE)
    monkeypatch.setattr(sweeper_modules.sweep, "PAGE", 2)

    assert 5 == sweeper.sweep(NOW)
    assert {f"r{number}" for number in range(5)} == set(_told(aws))


def test_refused_messages_fail_the_run_after_all_were_tried(sweeper: Any, aws: InMemoryAws) -> None:
    """The queue may refuse single messages: the others are sent, and the failed run shows in the alarms."""
    for number in range(11):
        _submit(aws, f"r{number:02}", OVERDUE + number - 11)

    def refuses_first(call: Callable[[], Answer]) -> Answer:
        aws.faults = lambda operation: None
        return answer(
            {"Failed": [{"Id": "0", "SenderFault": False, "Code": "InternalError"}], "Successful": []}
        )

    aws.faults = lambda operation: refuses_first if operation == "SendMessageBatch" else None
    with pytest.raises(RuntimeError, match="queue refused 1 of 11 messages"):
        sweeper.sweep(NOW)

    assert ["r10"] == _told(aws)


def test_a_throttled_run_tells_the_rest_next_time(sweeper: Any, aws: InMemoryAws) -> None:
    """A run that fails has lost nothing: the rows are still overdue."""
    _submit(aws, "r1", OVERDUE)
    aws.faults = lambda operation: throttled if operation == "Query" else None
    with pytest.raises(aws.dynamodb_client.exceptions.ClientError):
        sweeper.sweep(NOW)
    aws.faults = lambda operation: None

    assert 1 == sweeper.sweep(NOW)
