"""What becomes of requests to a running endpoint: each ends exactly once, and tells so."""

from __future__ import annotations

import os
import signal
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.invocation_request import InvocationRefused

from .conftest import ERROR_TOPIC, SUCCESS_TOPIC, Endpoint, endpoint_config, eventually

pytestmark = pytest.mark.thorough

LONG: dict[str, Any] = {"invocation_timeout_s": 3600}
"""A minute on the wall: as long as a busy machine may take, and no time-out comes in between."""


def call(endpoint: Endpoint, body: str = "hello", **given: Any) -> AcceptedInvocation:
    """Invoke with an inline body."""
    return endpoint.runtime.invoke_async(AsyncInvocation("tickets", body=body.encode(), **given))


def result_of(endpoint: Endpoint, accepted: AcceptedInvocation) -> dict[str, Any]:
    """The message about a request."""

    def look() -> dict[str, Any] | None:
        found = [each for each in endpoint.aws.results() if each["inferenceId"] == accepted.inference_id]
        return found[0] if found else None

    found: dict[str, Any] = eventually(look, "a message")
    return found


def test_answer_is_written_and_told(endpoint: Endpoint) -> None:
    """A request from S3 ends as an object, a message on the success topic, and metrics."""
    endpoint.aws.objects["s3://data/in/1"] = (b"hello", {})
    accepted = endpoint.runtime.invoke_async(AsyncInvocation("tickets", input_location="s3://data/in/1"))
    message = result_of(endpoint, accepted)

    assert ("Completed", "s3://data/in/1") == (
        message["invocationStatus"],
        message["requestParameters"]["inputLocation"],
    )
    assert accepted.output_location == message["responseParameters"]["outputLocation"]
    assert (b"HELLO", {"ContentType": "text/plain"}) == endpoint.aws.objects[accepted.output_location]
    assert accepted.failure_location not in endpoint.aws.objects
    assert [SUCCESS_TOPIC] == [topic for topic, each in endpoint.aws.published if each == message]
    assert 1 == len(endpoint.metrics.of("TotalProcessingTime"))
    assert [] == endpoint.metrics.of("InvocationFailures")


@pytest.mark.parametrize(
    ("body", "side", "status", "metric"),
    [("fail", "server", 500, "Invocation5XXErrors"), ("refuse", "client", 415, "Invocation4XXErrors")],
)
def test_error_of_the_model_ends_as_failure(
    endpoint: Endpoint, body: str, side: str, status: int, metric: str
) -> None:
    """A failure object, a message on the error topic in SageMaker's words, metrics; and no answer."""
    accepted = call(endpoint, body)
    message = result_of(endpoint, accepted)

    assert "Failed" == message["invocationStatus"]
    assert message["failureReason"].startswith(f"ClientError: Received {side} error ({status}) from model.")
    assert accepted.output_location not in endpoint.aws.objects
    stored, _ = endpoint.aws.objects[accepted.failure_location]
    assert stored.decode().startswith(message["failureReason"])
    assert stored.endswith(body.upper().encode())
    assert [ERROR_TOPIC] == [topic for topic, each in endpoint.aws.published if each == message]
    assert [1.0] == endpoint.metrics.of(metric)
    assert [1.0] == endpoint.metrics.of("InvocationFailures")


def test_missing_input_ends_as_failure(endpoint: Endpoint) -> None:
    """The model is not asked when there is nothing to ask it."""
    accepted = endpoint.runtime.invoke_async(AsyncInvocation("tickets", input_location="s3://data/in/none"))
    message = result_of(endpoint, accepted)

    assert "failed to download the input from s3://data/in/none" in message["failureReason"]
    assert [1.0] == endpoint.metrics.of("RequestDownloadFailures")
    assert not endpoint.host.executions_file("tickets").exists()


def test_answer_that_cannot_be_stored_ends_as_failure(endpoint: Endpoint) -> None:
    """What nobody could read is not completed."""
    endpoint.aws.failing["put_object"] = [403]
    message = result_of(endpoint, call(endpoint))

    assert "Failed" == message["invocationStatus"]
    assert "failed to upload the result" in message["failureReason"]
    assert [1.0] == endpoint.metrics.of("ResponseUploadFailures")


def test_busy_services_are_tried_again(endpoint: Endpoint) -> None:
    """A request does not fail because S3 or SNS was busy for a moment."""
    endpoint.aws.objects["s3://data/in/1"] = (b"hello", {})
    endpoint.aws.failing |= {"get_object": [500], "put_object": [503], "publish": [500]}
    accepted = endpoint.runtime.invoke_async(AsyncInvocation("tickets", input_location="s3://data/in/1"))

    assert "Completed" == result_of(endpoint, accepted)["invocationStatus"]
    assert {"get_object": [], "put_object": [], "publish": []} == endpoint.aws.failing


def test_topic_that_takes_nothing_shows_in_a_metric(endpoint: Endpoint) -> None:
    """The answer is there; that nobody was told is counted."""
    endpoint.aws.failing["publish"] = [403]
    accepted = call(endpoint)
    eventually(lambda: endpoint.metrics.of("NotificationFailures"))

    assert accepted.output_location in endpoint.aws.objects


def test_request_that_waits_too_long_expires_untold(launch: Callable[..., Endpoint]) -> None:
    """After RequestTTLSeconds in the queue: no object, no message, a metric."""
    endpoint = launch(endpoint_config(count=0), scale=600).settles()
    accepted = call(endpoint, request_ttl_s=60)
    eventually(lambda: endpoint.metrics.of("ExpiredRequests"))

    assert 0 == endpoint.runtime.describe().backlog
    assert [] == endpoint.aws.results()
    assert not {accepted.output_location, accepted.failure_location} & set(endpoint.aws.objects)


def test_request_that_takes_too_long_fails(endpoint: Endpoint, tmp_path: Path) -> None:
    """InvocationTimeoutSeconds ends the processing; the container's late answer is not kept."""
    gate = tmp_path / "gate"
    accepted = call(endpoint, f"wait {gate}", invocation_timeout_s=60)
    message = result_of(endpoint, accepted)
    gate.touch()
    following = call(endpoint, "next", **LONG)

    assert "Failed" == message["invocationStatus"]
    assert "Completed" == result_of(endpoint, following)["invocationStatus"]
    assert accepted.output_location not in endpoint.aws.objects


def test_request_survives_the_death_of_its_container(endpoint: Endpoint, tmp_path: Path) -> None:
    """A container killed during a request is replaced, and the request ends on its successor."""
    gate = tmp_path / "gate"
    accepted = call(endpoint, f"wait {gate}", **LONG)
    executions = endpoint.host.executions_file("tickets")
    eventually(executions.exists)
    (first,) = endpoint.pids
    os.kill(first, signal.SIGKILL)
    gate.touch()
    message = result_of(endpoint, accepted)

    assert "Completed" == message["invocationStatus"]
    assert 2 == len(executions.read_text().split())
    assert [first] != endpoint.pids


def test_request_gives_up_on_containers_that_always_die(endpoint: Endpoint, tmp_path: Path) -> None:
    """A request that kills every container does not do so for ever."""
    accepted = call(endpoint, f"wait {tmp_path / 'never'}", **LONG)
    executions = endpoint.host.executions_file("tickets")

    def executed(times: int) -> bool:
        return executions.exists() and times == len(executions.read_text().split())

    for attempt in range(1, 5):
        eventually(partial(executed, attempt))
        (pid,) = eventually(lambda: endpoint.pids)
        os.kill(pid, signal.SIGKILL)

    assert "Failed" == result_of(endpoint, accepted)["invocationStatus"]


def test_every_request_ends_exactly_once_while_containers_die(launch: Callable[..., Endpoint]) -> None:
    """Good, bad and slow requests under random kills: one message and one object each."""
    endpoint = launch(endpoint_config(count=2)).settles()
    bodies = ("hello", "fail", "sleep 0.02")
    accepted = [call(endpoint, bodies[number % 3]) for number in range(150)]

    def ended(count: int) -> bool:
        return len(endpoint.aws.results()) >= count

    for _ in range(4):
        eventually(partial(ended, min(len(endpoint.aws.results()) + 11, 150)))
        for pid in endpoint.pids[:1]:
            with suppress(ProcessLookupError):  # it is gone, only not yet described so
                os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(endpoint.aws.results()) >= len(accepted))
    told = Counter(each["inferenceId"] for each in endpoint.aws.results())

    assert {each.inference_id: 1 for each in accepted} == told
    for each in accepted:
        assert 1 == len({each.output_location, each.failure_location} & set(endpoint.aws.objects))


def test_instances_share_the_work_within_their_concurrency(launch: Callable[..., Endpoint]) -> None:
    """MaxConcurrentInvocationsPerInstance bounds what a container gets at once."""
    config = endpoint_config(ClientConfig={"MaxConcurrentInvocationsPerInstance": 1})
    endpoint = launch(config).settles()
    accepted = [call(endpoint, "sleep 0.05") for _ in range(3)]
    times = [result_of(endpoint, each)["eventTime"] for each in accepted]

    assert sorted(times) == times
    assert 3 == len(set(times))


def test_container_gets_no_header_but_those_sagemaker_passes_on(endpoint: Endpoint) -> None:
    """Content type, accept, custom attributes and inference id; octets when the caller named no type."""
    accepted = call(
        endpoint, "headers", accept="text/plain", custom_attributes="trace-1", inference_id="mine"
    )
    result_of(endpoint, accepted)
    seen = dict(
        line.split(": ")
        for line in endpoint.aws.objects[accepted.output_location][0].decode().lower().splitlines()
    )

    assert {
        "accept": "text/plain",
        "x-amzn-sagemaker-custom-attributes": "trace-1",
        "x-amzn-sagemaker-inference-id": "mine",
        "content-type": "application/octet-stream",
    } == {
        name: value
        for name, value in seen.items()
        if name not in {"host", "content-length", "accept-encoding"}
    }


def test_response_is_included_where_the_configuration_wants_it(launch: Callable[..., Endpoint]) -> None:
    """IncludeInferenceResponseIn puts the answer, or the model's error, into the message."""
    topics = {
        "SuccessTopic": SUCCESS_TOPIC,
        "ErrorTopic": ERROR_TOPIC,
        "IncludeInferenceResponseIn": ["SUCCESS_NOTIFICATION_TOPIC"],
    }
    endpoint = launch(endpoint_config(NotificationConfig=topics)).settles()
    good, bad = result_of(endpoint, call(endpoint)), result_of(endpoint, call(endpoint, "fail"))

    assert b"HELLO" == b64decode(good["responseBody"]["content"])
    assert "responseBody" not in bad


def test_fails_when_the_endpoint_is_not_there_yet(launch: Callable[..., Endpoint]) -> None:
    """An endpoint that is being created queues nothing."""
    with pytest.raises(InvocationRefused, match=r"not found \(its status is Creating\)"):
        call(launch())


def test_fails_when_the_endpoint_could_not_be_created(launch: Callable[..., Endpoint]) -> None:
    """An endpoint that never came into service queues nothing either."""
    with pytest.raises(InvocationRefused, match=r"not found \(its status is Failed\)"):
        call(launch(endpoint_config(model="broken")).settles("Failed"))


def test_fails_when_an_asynchronous_endpoint_is_called_synchronously(endpoint: Endpoint) -> None:
    """An endpoint with AsyncInferenceConfig accepts only InvokeEndpointAsync."""
    with pytest.raises(InvocationRefused, match="accepts only InvokeEndpointAsync"):
        endpoint.runtime.invoke(DirectInvocation("tickets", b"hello"))
