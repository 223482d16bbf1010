"""What the completion function makes of messages: one final row, one event, and what is delivered again."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.lambda_functions.conftest import NOW, RETENTION, Delivery
from tests.lambda_functions.in_memory_aws import InMemoryAws, answer, once
from tests.lambda_functions.notifications import TEST_NOTIFICATION, completed, enveloped, failed


def test_a_success_ends_the_row_and_is_announced(deliver: Delivery, aws: InMemoryAws) -> None:
    """A completed request has its output, times, a life span and nothing pending; the event says the same."""
    assert [] == deliver(enveloped(completed("r1")))

    row = {
        "inferenceId": "r1",
        "status": "Completed",
        "endpointName": "starter-ticket-intent",
        "inputLocation": "s3://data/async/ticket-intent/in/r1",
        "outputLocation": "s3://data/async/ticket-intent/out/r1.out",
        "receivedAt": "2026-01-25T22:45:58.358Z",
        "endedAt": "2026-01-25T22:46:00.608Z",
        "totalSeconds": 2.25,
        "expiresAt": int(NOW) + RETENTION,
    }
    assert row == aws.row("r1")
    assert [row] == aws.details()
    assert ("pilotlight.completion", "InferenceCompleted", "default") == (
        aws.events[0]["Source"],
        aws.events[0]["DetailType"],
        aws.events[0]["EventBusName"],
    )


def test_a_failure_ends_the_row_with_its_reason(deliver: Delivery, aws: InMemoryAws) -> None:
    """A failed request keeps AWS's reason, and the place of the failure object when AWS tells it."""
    assert [] == deliver(enveloped(failed("r1", failureLocation="s3://data/async/ticket-intent/failed/r1")))

    row = aws.row("r1")
    assert "Failed" == row["status"]
    assert "ClientError: Received server error (500) from model." == row["failureReason"]
    assert "s3://data/async/ticket-intent/failed/r1" == row["failureLocation"]
    assert ["InferenceFailed"] == aws.detail_types()


def test_a_submitted_row_keeps_what_only_the_submitter_knows(deliver: Delivery, aws: InMemoryAws) -> None:
    """The final state is added to the submitter's row, and the row leaves the index of what is pending."""
    aws.put_row(
        inferenceId="r1",
        status="Submitted",
        submittedAt="2026-01-25T22:45:58Z",
        tenant="blue",
        pending="answer",
        deadline=int(NOW) + 9_000,
    )

    assert [] == deliver(completed("r1"))
    row = aws.row("r1")
    assert ("Completed", "blue", "2026-01-25T22:45:58Z") == (row["status"], row["tenant"], row["submittedAt"])
    assert not {"pending", "deadline"} & row.keys()
    assert ["blue"] == [detail["tenant"] for detail in aws.details()]


@pytest.mark.parametrize("wrap", [enveloped, str], ids=["enveloped", "raw"])
def test_test_notifications_are_ignored(
    deliver: Delivery, aws: InMemoryAws, wrap: Callable[[str], str]
) -> None:
    """CreateEndpoint and UpdateEndpoint send a test notification, which ends nothing and fails nothing."""
    with_id = json.dumps({"eventName": "TestNotification", "inferenceId": "r1"})

    assert [] == deliver(wrap(TEST_NOTIFICATION), wrap(with_id))
    assert [] == list(aws.all_keys())
    assert [] == aws.events


def test_duplicates_do_nothing(deliver: Delivery, aws: InMemoryAws) -> None:
    """The same message twice in a batch and again later makes one event and leaves the row alone."""
    assert [] == deliver(completed("r1"), completed("r1"))
    row = aws.row("r1")

    assert [] == deliver(completed("r1"))
    assert row == aws.row("r1")
    assert ["InferenceCompleted"] == aws.detail_types()


@pytest.mark.parametrize("final", ["Completed", "Failed", "Expired"])
def test_a_final_state_is_never_turned_back(deliver: Delivery, aws: InMemoryAws, final: str) -> None:
    """What the row says finally stays, even after the lock has been forgotten, and is not told again."""
    aws.put_row(inferenceId="r1", status=final, outputLocation="s3://first")

    assert [] == deliver(completed("r1"), failed("r1"))
    assert {"inferenceId": "r1", "status": final, "outputLocation": "s3://first"} == aws.row("r1")
    assert [] == aws.events


def test_malformed_messages_fail_alone(deliver: Delivery, aws: InMemoryAws) -> None:
    """A poison message goes back to the queue, in the end to the dead letters; its batch is done."""
    assert ["m0", "m2"] == deliver("{", completed("r1"), enveloped("[]"), completed("r2"))
    assert ["r1", "r2"] == sorted(detail["inferenceId"] for detail in aws.details())


def test_a_batch_of_poison_is_no_function_error(deliver: Delivery) -> None:
    """Even if all messages fail, each is reported by itself."""
    assert ["m0", "m1"] == deliver("no JSON", "null")


def test_locks_cannot_meet_inference_ids(deliver: Delivery, aws: InMemoryAws) -> None:
    """Lock records share the table under keys longer than any inference id, and expire like rows."""
    longest = "x" * 64
    deliver(completed(longest))

    (lock,) = (key for key in aws.all_keys() if key != longest)
    assert len(lock) > 64
    assert aws.row(lock)["expiresAt"] > 0
    assert "status" not in aws.row(lock)


def test_the_log_never_repeats_what_was_asked_or_answered(deliver: Delivery, aws: InMemoryAws) -> None:
    """Ids and states are logged; locations, reasons and answers are not, even when AWS echoes them."""
    echo = {"__type": "ValidationException", "message": "value 'SECRET' is not allowed"}
    aws.faults = once("PutEvents", lambda call: answer(echo, 400))

    deliver(failed("r1", failureReason="SECRET"), completed("r2", included={"body": "SECRET"}), '{"SECRET"')
    deliver(failed("r1", failureReason="SECRET"))

    lines = [json.loads(line) for line in deliver.log.getvalue().splitlines()]
    assert not [line for line in lines if "SECRET" in json.dumps(line) or "s3://" in json.dumps(line)]
    assert ["ValidationException from PutEvents", "message is not readable JSON"] == [
        line["why"] for line in lines if line["level"] == "WARNING"
    ]
    assert {("r1", "Failed"), ("r2", "Completed")} == {
        (line["inferenceId"], line["status"]) for line in lines if line["level"] == "INFO"
    }
