"""How messages are read: leniently where AWS may change its mind, strictly where nothing could be ended."""

from __future__ import annotations

import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lambda_functions.notifications import completed, enveloped, failed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def notification(completion_modules: SimpleNamespace) -> Any:
    """The module under test."""
    return completion_modules.notification


MALFORMED = {
    "nothing": "",
    "no JSON": "<xml/>",
    "half of it": completed("r1")[:-1],
    "a list": "[]",
    "a number of 5000 digits": "9" * 5_000,
    "100,000 nested lists": "[" * 100_000,
    "an envelope around nothing": json.dumps({"Type": "Notification"}),
    "an envelope around an object": json.dumps({"Type": "Notification", "Message": {"eventName": "x"}}),
    "an envelope in an envelope": enveloped(enveloped(completed("r1"))),
    "no inference id": json.dumps({"invocationStatus": "Completed"}),
    "an empty inference id": completed(""),
    "a blank inference id": completed("  "),
    "a numeric inference id": completed("r1", inferenceId=7),
    "an inference id of 65 characters": completed("x" * 65),
    "half a character as inference id": completed("\ud800"),
    "no status": json.dumps({"inferenceId": "r1"}),
    "an unknown status": completed("r1", invocationStatus="Submitted"),
    "a list as status": completed("r1", invocationStatus=["Completed"]),
    "a location longer than any": completed("r1", responseParameters={"outputLocation": "s" * 2_049}),
    "an unknown event": json.dumps({"eventName": "Hello", "inferenceId": "r1"}),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_fails_when_nothing_could_be_ended(notification: Any, body: str) -> None:
    """A message that names no request or no final state is a dead letter; the error does not repeat it."""
    with pytest.raises(notification.MalformedMessageError) as refused:
        notification.read(body)

    assert "s3://" not in str(refused.value)


@pytest.mark.parametrize("body", [completed("r1"), enveloped(completed("r1"))], ids=["raw", "enveloped"])
def test_both_ways_of_delivery_are_read(notification: Any, body: str) -> None:
    """Raw message delivery may be on or off."""
    ending = notification.read(body)

    assert ("r1", "Completed") == (ending.inference_id, ending.status)
    assert "starter-ticket-intent" == ending.facts["endpointName"]


def test_what_aws_may_add_or_leave_out_is_no_fault(notification: Any) -> None:
    """Only id and status are required; unknown fields are left out, wrongly typed ones count as absent."""
    bare = {"inferenceId": "r1", "invocationStatus": "Failed"}
    odd = bare | {
        "requestParameters": "text",
        "responseParameters": [1],
        "failureReason": {"a": 1},
        "new": True,
    }
    inline = bare | {"responseParameters": {"contentType": "text/csv", "body": "1,2,3"}, "receivedTime": 7}

    assert [{}, {}, {}] == [notification.read(json.dumps(message)).facts for message in (bare, odd, inline)]


@pytest.mark.parametrize(
    ("received", "ended", "total"),
    [
        ("2026-01-25T22:45:58.358Z", "2026-01-25T22:46:00.608Z", Decimal("2.25")),
        ("2026-01-25T23:45:58+01:00", "2026-01-25T22:45:58Z", Decimal("0.0")),
        ("2026-01-25T22:46:00Z", "2026-01-25T22:45:58Z", None),
        ("2026-01-25T22:45:58", "2026-01-25T22:46:00Z", None),
        ("yesterday", "2026-01-25T22:46:00Z", None),
        (None, "2026-01-25T22:46:00Z", None),
    ],
)
def test_the_time_a_request_took_is_told_only_when_it_is_known(
    notification: Any, received: object, ended: object, total: Decimal | None
) -> None:
    """Seconds from receipt to end; left out when a time is missing, unreadable or in disorder."""
    ending = notification.read(completed("r1", receivedTime=received, eventTime=ended))

    assert total == ending.facts.get("totalSeconds")
    assert ended == ending.facts["endedAt"]


def test_a_reason_of_any_length_and_alphabet_is_kept_short_and_readable(notification: Any) -> None:
    """A reason may hold anything a model writes; what is kept fits a row and an event and can be encoded."""
    reason = notification.read(failed("r1", failureReason="каша \ud800 🍲" + "x" * 300_000)).facts[
        "failureReason"
    ]

    assert 4_096 == len(reason)
    assert "каша ? 🍲xxx" == reason.encode().decode()[:11]


@given(body=st.text() | JSON.map(json.dumps))
def test_no_message_breaks_the_reader(notification: Any, body: str) -> None:
    """Whatever arrives is an ending, a test notification or malformed, and nothing else."""
    try:
        notification.read(body)
    except notification.MalformedMessageError as refused:
        assert str(refused)  # noqa: PT017 - one of the two outcomes


@given(changes=st.dictionaries(st.sampled_from(sorted(json.loads(failed("r1")))), JSON))
def test_no_change_of_a_notification_breaks_the_reader(notification: Any, changes: dict[str, Any]) -> None:
    """Whatever a known field becomes, the message is read or malformed, and what is read can be stored."""
    try:
        ending = notification.read(failed("r1", **changes))
    except notification.MalformedMessageError:
        return
    assert ending is None or all(str(fact).encode() for fact in ending.facts.values())
