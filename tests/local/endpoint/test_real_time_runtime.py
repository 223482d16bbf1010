"""A real-time endpoint runs: several instances, weights, errors in AWS's shape, streams."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pilotlight.hosting.instance import LaunchTiming
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.async_invocation import AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.endpoint.direct_request import direct_answer as answered
from pilotlight.local.endpoint.real_time_runtime import RealTimeRuntime
from pilotlight.local.endpoint.surroundings import Surroundings
from pilotlight.local.home import Home

pytestmark = pytest.mark.thorough

TINY = [sys.executable, "-S", "-E", str(Path(__file__).parent / "tiny_container.py")]
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tiny:1"


def config(
    name: str = "first", *, strategy: str = "LEAST_OUTSTANDING_REQUESTS", **weights: tuple[int, float]
) -> EndpointConfigRecord:
    """A configuration; weights: instances and weight of each variant. Default: two instances, one variant."""
    wanted = weights if weights else {"AllTraffic": (2, 1.0)}
    variants = [
        {
            "VariantName": variant,
            "ModelName": "tiny",
            "InstanceType": "ml.m5.large",
            "InitialInstanceCount": count,
            "InitialVariantWeight": weight,
            "RoutingConfig": {"RoutingStrategy": strategy},
        }
        for variant, (count, weight) in wanted.items()
    ]
    return EndpointConfigRecord.parse(
        {"ProductionVariants": variants}, name=name, arn=f"arn:{name}", created=datetime.now(UTC)
    )


class Ranker:
    """A running endpoint and what it published."""

    def __init__(self, home: Home, metrics: Any, given: EndpointConfigRecord) -> None:
        aws: Any = type("NoAws", (), {"environment": lambda self: {}, "client": lambda self, name: None})()
        clock = ScaledClock(60.0)
        self.host = ContainerHost(home, aws, time_scale=60.0, commands={IMAGE: TINY})
        self.metrics = metrics
        model = ModelRecord.parse(
            {"PrimaryContainer": {"Image": IMAGE}, "EnableNetworkIsolation": True},
            name="tiny",
            arn="arn:tiny",
            created=datetime.now(UTC),
        )
        self.models = {"tiny": model}
        at_once = LaunchTiming(provisioning=0, image_pull=0, model_download=0)
        self.runtime = RealTimeRuntime(
            "ranker",
            config=given,
            models=self.models,
            around=Surroundings(aws, clock, metrics, self.host, at_once, Random(7)),
            on_change=lambda: None,
        )
        self.runtime.start()

    def ask(self, text: str, **said: Any) -> tuple[str, str]:
        """The answer and the variant that gave it."""
        result = self.runtime.invoke(DirectInvocation("ranker", text.encode(), **said))
        answer = answered(result)
        return answer.body.decode(), result.variant

    def pids(self) -> list[int]:
        """The processes of containers that are ready."""
        return [each.pid for each in self.runtime.describe().containers if each.ready]


@pytest.fixture
def launched(home: Home, listed_metrics: Any, settled: Any) -> Iterator[Callable[..., Ranker]]:
    """Makes endpoints that are in service."""
    running: list[Ranker] = []

    def make(given: EndpointConfigRecord | None = None) -> Ranker:
        ranker = Ranker(home, listed_metrics, config() if given is None else given)
        running.append(ranker)
        settled(ranker.runtime)
        return ranker

    yield make
    for ranker in running:
        ranker.runtime.stop()


def test_the_caller_gets_the_answer(launched) -> None:
    """At once, and hears which variant gave it."""
    assert ("HELLO", "AllTraffic") == launched().ask("hello")


def test_requests_in_flight_are_shared_evenly(launched, soon, tmp_path: Path) -> None:
    """Four at once on two instances: two each, by the fewest outstanding."""
    ranker, gate = launched(), tmp_path / "gate"
    with ThreadPoolExecutor(4) as callers:
        waiting = [callers.submit(ranker.ask, f"wait {gate}") for _ in range(4)]
        soon(lambda: ranker.runtime.describe().backlog == 4)
        load = dict(ranker.runtime._line.load)
        gate.touch()
        for each in waiting:
            each.result()

    assert [2, 2] == sorted(load.values())
    soon(lambda: [0, 0] == sorted(ranker.runtime._line.load.values()))


def test_weights_share_the_requests_and_a_target_overrules_them(launched) -> None:
    """A variant of weight 0 answers only those that name it."""
    ranker = launched(config(blue=(1, 1.0), green=(1, 0.0)))

    assert {"blue"} == {ranker.ask("x")[1] for _ in range(5)}
    assert "green" == ranker.ask("x", target_variant="green")[1]

    ranker.runtime.set_weight("green", 1.0)
    ranker.runtime.set_weight("blue", 0.0)

    assert {"green"} == {ranker.ask("x")[1] for _ in range(5)}


@pytest.mark.parametrize(("text", "status"), [("fail", 500), ("refuse", 415)])
def test_an_error_of_the_model_comes_inside_of_a_model_error(text: str, status: int, launched) -> None:
    """424, with the model's own status and message as members."""
    with pytest.raises(ModelError) as error:
        launched().ask(text)

    assert (424, status, text.upper()) == (
        error.value.status,
        error.value.members["OriginalStatusCode"],
        error.value.members["OriginalMessage"],
    )


def test_a_container_that_dies_takes_its_request_with_it(launched, soon) -> None:
    """Nobody repeats it; another container takes the place of the one that died."""
    ranker = launched(config(AllTraffic=(1, 1.0)))
    (pid,) = ranker.pids()
    with ThreadPoolExecutor(1) as callers:
        waiting = callers.submit(ranker.ask, "sleep 300")
        soon(lambda: ranker.runtime.describe().backlog == 1)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ModelError):
            waiting.result(120)
    soon(lambda: ranker.pids() not in ([], [pid]))

    assert "HELLO" == ranker.ask("hello")[0]


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"target_variant": "nope"}, 400, "Could not find variant nope"),
        ({"target_model": "a.tar.gz"}, 400, "TargetModel"),
    ],
)
def test_fails_when_the_target_is_none(said: dict[str, str], status: int, words: str, launched) -> None:
    """ValidationError, in words that say what there is."""
    with pytest.raises(ApiError, match=words) as error:
        launched().ask("x", **said)

    assert (status, "ValidationError") == (error.value.status, error.value.code)


def test_without_an_instance_it_is_unavailable(launched, soon) -> None:
    """503, and nothing is queued."""
    ranker = launched(config(AllTraffic=(1, 1.0)))
    ranker.runtime.set_desired_instance_count("AllTraffic", 0)
    soon(lambda: ranker.runtime.describe().variants[0].current_instance_count == 0)

    with pytest.raises(ApiError) as error:
        ranker.ask("x")

    assert (503, "ServiceUnavailable") == (error.value.status, error.value.code)


def test_it_takes_no_asynchronous_requests(launched) -> None:
    """There is no queue."""
    with pytest.raises(ApiError, match="not an asynchronous endpoint"):
        launched().runtime.invoke_async(AsyncInvocation("ranker", input_location="s3://a/b"))


def test_what_happens_is_published(launched, soon) -> None:
    """Shares of two instances; one error in two requests."""
    ranker = launched()
    ranker.ask("hello")
    with pytest.raises(ModelError):
        ranker.ask("fail")
    soon(lambda: len(ranker.metrics.of("Invocation5XXErrors")) == 2)

    assert [1, 1] == ranker.metrics.of("Invocations")
    assert [0.5, 0.5] == ranker.metrics.of("InvocationsPerInstance")
    assert [0, 1] == ranker.metrics.of("Invocation5XXErrors")
    assert all(latency > 0 for latency in ranker.metrics.of("ModelLatency"))
    soon(lambda: 2 <= len(ranker.metrics.of("ConcurrentRequestsPerModel")))


def test_an_update_changes_the_strategy_and_drops_nothing(launched, settled, soon, tmp_path: Path) -> None:
    """The new instances take over before the old ones go, which answer what they were asked."""
    ranker, gate = launched(), tmp_path / "gate"
    with ThreadPoolExecutor(2) as callers:
        waiting = [callers.submit(ranker.ask, f"wait {gate}") for _ in range(2)]
        soon(lambda: ranker.runtime.describe().backlog == 2)
        ranker.runtime.update(
            config("second", strategy="RANDOM"), ranker.models, retain_variant_properties=True
        )
        soon(lambda: ranker.runtime.describe().config_name == "second")
        gate.touch()
        settled(ranker.runtime)
        texts = [each.result()[0] for each in waiting]

    assert [f"wait {gate}".upper()] * 2 == texts
    assert "second" == ranker.runtime.describe().config_name
    assert "HELLO" == ranker.ask("hello")[0]


def test_a_stream_comes_in_parts(launched) -> None:
    """As event stream messages that carry the model's bytes."""
    stream = launched().runtime.invoke_stream(DirectInvocation("ranker", b"hello"))

    assert ("text/plain", "AllTraffic") == (stream.content_type, stream.variant)
    assert b"HELLO" in b"".join(stream.messages)
