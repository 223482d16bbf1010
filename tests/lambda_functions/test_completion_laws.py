"""Laws that hold for every order of messages, with every mixture of faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lambda_functions.conftest import Delivery
from tests.lambda_functions.in_memory_aws import (
    Fault,
    Killed,
    answer,
    killed_after,
    killed_before,
    throttled,
)
from tests.lambda_functions.notifications import TEST_NOTIFICATION, completed, enveloped, failed

pytestmark = pytest.mark.thorough

FINAL = {"Completed", "Failed", "Expired"}
FAULTS: list[Fault | None] = [
    None,
    throttled,
    killed_before,
    killed_after,
    lambda call: answer({"FailedEntryCount": 1, "Entries": [{"ErrorCode": "InternalFailure"}]}),
]


def _told(inference_id: str, status: str, swept: Callable[..., str]) -> str:
    if status == "Expired":
        return swept(inference_id, now=1.0)
    return enveloped(completed(inference_id) if status == "Completed" else failed(inference_id))


MESSAGES = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(sorted(FINAL))), max_size=8)
BATCHES = st.integers(min_value=1, max_value=4)


def _in_batches(bodies: Sequence[str], size: int) -> list[Sequence[str]]:
    return [bodies[start : start + size] for start in range(0, len(bodies), size)]


def _events(deliver: Delivery) -> list[tuple[str, str, str]]:
    details = [(event["DetailType"], json.loads(event["Detail"])) for event in deliver.aws.events]
    return [(detail["inferenceId"], detail["status"], detail_type) for detail_type, detail in details]


@given(messages=MESSAGES, submitted=st.sets(st.sampled_from(["a", "b", "c"])), data=st.data())
def test_the_first_final_state_wins_and_is_announced_once(
    completion: Delivery,
    sweeper_modules: SimpleNamespace,
    messages: list[tuple[str, str]],
    submitted: set[str],
    data: Any,
) -> None:
    """In any order, with duplicates, submitted or not: one state, the first, and one event."""
    completion.aws.forget()
    for inference_id in submitted:
        completion.aws.put_row(inferenceId=inference_id, status="Submitted", pending="answer", deadline=1)
    repeated = data.draw(st.lists(st.sampled_from(messages), max_size=4)) if messages else []
    order = data.draw(st.permutations(messages + repeated))
    noise = data.draw(st.sampled_from([[], [TEST_NOTIFICATION]]))
    size = data.draw(BATCHES)
    bodies = noise + [_told(key, status, sweeper_modules.sweep.notification) for key, status in order]

    assert all(completion(*batch) == [] for batch in _in_batches(bodies, size))
    first = dict(reversed(order))
    assert first == {inference_id: completion.aws.row(inference_id)["status"] for inference_id in first}
    assert sorted((key, state, f"Inference{state}") for key, state in first.items()) == sorted(
        _events(completion)
    )


@given(messages=MESSAGES, size=BATCHES, faults=st.lists(st.sampled_from(FAULTS), max_size=60))
def test_no_mixture_of_faults_loses_an_event_or_turns_a_state_back(
    completion: Delivery,
    sweeper_modules: SimpleNamespace,
    messages: list[tuple[str, str]],
    size: int,
    faults: list[Fault | None],
) -> None:
    """Throttled, refused and killed anywhere, then delivered until done: events say what rows say."""
    completion.aws.forget()
    plan = iter(faults)
    completion.aws.faults = lambda operation: _possible(operation, next(plan, None))
    queue = [_told(key, status, sweeper_modules.sweep.notification) for key, status in messages]
    for _ in range(len(faults) + 2):
        queue = [body for batch in _in_batches(queue, size) for body in _left(completion, batch)]

    assert [] == queue
    rows = {inference_id: completion.aws.row(inference_id) for inference_id, _ in messages}
    announced = Counter(_events(completion))
    assert {(key, row["status"], f"Inference{row['status']}") for key, row in rows.items()} == set(announced)
    assert not [row for row in rows.values() if "pending" in row]
    assert all((key, row["status"]) in messages for key, row in rows.items())


def _possible(operation: str, fault: Fault | None) -> Fault | None:
    """Only PutEvents refuses entries; and the test itself looks at the table undisturbed."""
    refuses = fault is FAULTS[-1]
    return None if operation == "GetItem" or (refuses and operation != "PutEvents") else fault


def _left(completion: Delivery, batch: Sequence[str]) -> list[str]:
    """What stays in the queue: what the function names, or the whole batch when it dies."""
    try:
        failures = completion(*batch, remaining_millis=-1)
    except Killed:
        return list(batch)
    return [body for number, body in enumerate(batch) if f"m{number}" in failures]
