"""Several containers on one instance: one is named, or all of them answer in turn."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.home import Home

from .hosted import BROKEN, IMAGE, Hosted, config_of, model_of

pytestmark = pytest.mark.thorough

TWO = [{"ContainerHostname": name, "Image": IMAGE} for name in ("intent", "language")]


@pytest.fixture
def launched(home: Home, listed_metrics: Any) -> Iterator[Callable[..., Hosted]]:
    """Makes endpoints of one model with two containers."""
    running: list[Hosted] = []

    def make(mode: str, containers: Any = TWO) -> Hosted:
        model = model_of(Containers=containers, InferenceExecutionConfig={"Mode": mode})
        hosted = Hosted(home, listed_metrics, config_of(), {"model": model})
        running.append(hosted)
        return hosted

    yield make
    for hosted in running:
        hosted.runtime.stop()


@pytest.fixture
def direct(launched: Callable[..., Hosted], settled: Callable[..., None]) -> Hosted:
    """A multi-container endpoint in service."""
    hosted = launched("Direct")
    settled(hosted.runtime)
    return hosted


@pytest.fixture
def pipeline(launched: Callable[..., Hosted], settled: Callable[..., None]) -> Hosted:
    """A pipeline of two containers in service."""
    hosted = launched("Serial")
    settled(hosted.runtime)
    return hosted


def test_each_container_is_a_process_of_its_own(direct: Hosted) -> None:
    """The instance is in service when both are, and status tells them apart."""
    shown = direct.runtime.describe().containers

    assert 2 == len({each.pid for each in shown})
    assert ["intent", "language"] == [each.part for each in shown]
    assert 1 == direct.runtime.describe().variants[0].current_instance_count


def test_only_the_named_container_answers(direct: Hosted) -> None:
    """It alone publishes an invocation, beside its variant."""
    assert "HELLO" == direct.ask("hello", target_container="language")

    named = [
        dimensions["ContainerName"]
        for _, dimensions, _ in direct.metrics.values
        if "ContainerName" in dimensions
    ]
    assert {"language"} == set(named)
    assert [1.0, 1.0] == direct.metrics.of("Invocations")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "TargetContainerHostname must be given, allowed intent, language"),
        ({"target_container": "x"}, "got x, allowed intent, language"),
        ({"target_container": "intent", "target_model": "a"}, "TargetModel must not be given"),
        ({"target_container": "intent", "component": "a"}, "InferenceComponentName must not be given"),
    ],
)
def test_fails_when_no_container_is_named(direct: Hosted, said: dict[str, str], words: str) -> None:
    """A ValidationError, as SageMaker documents it."""
    with pytest.raises(ApiError, match=words) as refused:
        direct.ask("hello", **said)

    assert ("ValidationError", 400) == (refused.value.code, refused.value.status)


def test_an_error_names_its_container(direct: Hosted) -> None:
    """Who reads it knows whose log to read."""
    with pytest.raises(ModelError, match=r"Received server error \(500\) from language"):
        direct.ask("fail", target_container="language")


def test_a_dead_container_takes_its_instance_along(direct: Hosted, soon: Callable[..., Any]) -> None:
    """The instance is replaced, with both containers."""
    before = direct.pids()
    os.kill(before[0], signal.SIGKILL)

    soon(lambda: len(direct.pids()) == 2 and not set(direct.pids()) & set(before))
    assert "AGAIN" == direct.ask("again", target_container="intent")


def test_fails_when_one_container_does_not_start(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """An instance without one of its containers is of no use."""
    hosted = launched("Direct", [TWO[0], {"ContainerHostname": "language", "Image": BROKEN}])

    soon(lambda: hosted.runtime.describe().status == "Failed")
    soon(lambda: not hosted.runtime.describe().containers)


def test_a_request_goes_through_all_containers(pipeline: Hosted) -> None:
    """It counts once, although both containers answered."""
    assert "HELLO" == pipeline.ask("hello", content_type="text/csv")

    assert 2 == len(pipeline.host.executions_file("ranker").read_text().splitlines())
    assert [1.0] == pipeline.metrics.of("Invocations")


def test_the_second_container_gets_what_the_first_one_answered(pipeline: Hosted) -> None:
    """With the content type of the first one's answer, and with what the caller accepts."""
    answer = pipeline.ask("then headers", content_type="text/csv", accept="application/json")

    seen = dict(line.split(": ", 1) for line in answer.splitlines())
    assert ("TEXT/PLAIN", "APPLICATION/JSON") == (seen["CONTENT-TYPE"], seen["ACCEPT"])


def test_the_first_failure_ends_the_pipeline(pipeline: Hosted) -> None:
    """Nobody after it is asked, and the error names it."""
    with pytest.raises(ModelError, match=r"Received client error \(415\) from intent"):
        pipeline.ask("refuse")

    assert 1 == len(pipeline.host.executions_file("ranker").read_text().splitlines())


def test_fails_when_a_pipeline_is_asked_for_one_container(pipeline: Hosted) -> None:
    """It is not configured for direct invocation."""
    with pytest.raises(ApiError, match="TargetContainerHostname must not be given"):
        pipeline.ask("hello", target_container="intent")


def test_a_pipeline_streams_from_its_last_container(pipeline: Hosted) -> None:
    """The others have answered by then."""
    stream = pipeline.runtime.invoke_stream(DirectInvocation("ranker", b"hello"))

    assert b"HELLO" in b"".join(stream.messages)


def test_containers_without_names_are_called_by_their_position(
    launched: Callable[..., Hosted], settled: Any
) -> None:
    """SageMaker assigns unique names by position."""
    hosted = launched("Serial", [{"Image": IMAGE}, {"Image": IMAGE}])
    settled(hosted.runtime)

    assert ["container-1", "container-2"] == [each.part for each in hosted.runtime.describe().containers]
