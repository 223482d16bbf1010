"""How many requests a running endpoint gives to an instance at a time, also after an update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.endpoint.async_invocation import AsyncInvocation

from .conftest import Endpoint, endpoint_config, eventually, model_record

pytestmark = pytest.mark.thorough

MODELS = {"tiny": model_record()}


def config_with(concurrency: int | None, name: str = "first") -> EndpointConfigRecord:
    """One instance that takes so many requests at a time; None: as many as SageMaker chooses."""
    client = {} if concurrency is None else {"MaxConcurrentInvocationsPerInstance": concurrency}
    return endpoint_config(name, ClientConfig=client)


def update(endpoint: Endpoint, concurrency: int | None) -> None:
    """Begin to bring another number into service."""
    endpoint.runtime.update(config_with(concurrency, "second"), MODELS, retain_variant_properties=True)


def begin(endpoint: Endpoint, body: str) -> None:
    """Put a request into the queue."""
    invocation = AsyncInvocation("tickets", body=body.encode(), invocation_timeout_s=3600)
    endpoint.runtime.invoke_async(invocation)


def started(endpoint: Endpoint) -> int:
    """How many invocations have begun in any container."""
    file = endpoint.host.executions_file("tickets")
    return len(file.read_text().split()) if file.exists() else 0


def load(endpoint: Endpoint) -> list[int]:
    """Requests on each instance now, on the oldest instance first."""
    return [count for _, count in sorted(endpoint.runtime._line.load.items())]


def most_on_newest(endpoint: Endpoint, *, until_done: int) -> int:
    """The most requests that ran together on the newest instance until so many had ended."""
    seen = [0]

    def look() -> bool:
        seen.extend(load(endpoint)[-1:])
        return until_done == len(endpoint.aws.results())

    eventually(look)
    return max(seen)


@pytest.mark.parametrize(("concurrency", "expected"), [(2, 2), (None, 4)])
def test_update_lets_more_requests_run_at_once(
    launch: Callable[..., Endpoint], concurrency: int | None, expected: int
) -> None:
    """From one to two: both run together on the one instance. Not given any more: SageMaker's choice."""
    endpoint = launch(config_with(1)).settles()
    update(endpoint, concurrency)
    endpoint.settles()
    for _ in range(5):
        begin(endpoint, "sleep 300")

    eventually(lambda: expected == started(endpoint))
    assert [expected] == load(endpoint)


def test_update_to_fewer_ends_what_runs_and_then_goes_one_by_one(
    launch: Callable[..., Endpoint], tmp_path: Path
) -> None:
    """From two to one: the two that run end where they run; the new instance never takes two."""
    endpoint = launch(config_with(2)).settles()
    for _ in range(2):
        begin(endpoint, f"wait {tmp_path / 'gate'}")
    eventually(lambda: 2 == started(endpoint))
    update(endpoint, 1)
    eventually(lambda: "second" == endpoint.runtime.describe().config_name)
    for _ in range(3):
        begin(endpoint, "sleep 0.1")
    eventually(lambda: [2, 1] == load(endpoint))
    (tmp_path / "gate").touch()

    assert 1 == most_on_newest(endpoint, until_done=5)
    assert ["Completed"] * 5 == [each["invocationStatus"] for each in endpoint.aws.results()]
    assert 5 == started(endpoint)


def test_update_that_fails_leaves_the_number_as_it_was(launch: Callable[..., Endpoint]) -> None:
    """What never came into service changes nothing."""
    endpoint = launch(config_with(1)).settles()
    endpoint.runtime.update(
        config_with(2, "second"), {"tiny": model_record("somebody/else:1")}, retain_variant_properties=True
    )
    endpoint.settles()
    for _ in range(2):
        begin(endpoint, "sleep 0.1")

    assert 1 == most_on_newest(endpoint, until_done=2)
