"""A serverless endpoint runs: cold starts, throttling, warm containers, and nothing at all when idle."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog.serverless import BODY
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.home import Home

from .hosted import BROKEN, IMAGE, Hosted, config_of, model_of

pytestmark = pytest.mark.thorough

FAST = 3600.0
"""An hour in a second: ten idle minutes last a sixth of one."""


def sized(
    name: str = "first", *, most: int = 2, provisioned: int = 0, model: str = "model"
) -> EndpointConfigRecord:
    """A configuration of a serverless variant."""
    given: dict[str, Any] = {"MemorySizeInMB": 2048, "MaxConcurrency": most}
    given |= {"ProvisionedConcurrency": provisioned} if provisioned else {}
    return config_of(name, VariantName="AllTraffic", ModelName=model, ServerlessConfig=given)


@pytest.fixture
def launched(home: Home, listed_metrics: Any) -> Iterator[Callable[..., Hosted]]:
    """Makes serverless endpoints. image: what they run; scale: of the clock."""
    running: list[Hosted] = []

    def make(config: EndpointConfigRecord, *, image: str = IMAGE, scale: float = 60.0) -> Hosted:
        containers = {"model": image, "broken": BROKEN}
        models = {
            name: model_of(name=name, PrimaryContainer={"Image": each}) for name, each in containers.items()
        }
        hosted = Hosted(home, listed_metrics, config, models, scale=scale)
        running.append(hosted)
        return hosted

    yield make
    for hosted in running:
        hosted.runtime.stop()


@pytest.fixture
def ranker(launched: Callable[..., Hosted], settled: Callable[..., None]) -> Hosted:
    """An endpoint in service, of two requests at a time, with nothing provisioned."""
    hosted = launched(sized())
    settled(hosted.runtime)
    return hosted


def _warm(hosted: Hosted) -> int:
    [variant] = hosted.runtime.describe().variants
    return int(variant.concurrency.running)


def test_the_caller_gets_the_answer(ranker: Hosted) -> None:
    """From the container that the deployment tried."""
    assert "HELLO" == ranker.ask("hello")
    assert 1 == len(ranker.pids())


@pytest.mark.shows("serverless", "wakes")
def test_an_idle_endpoint_has_no_container_and_wakes_by_itself(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """The request waits for the cold start, which is published as ModelSetupTime."""
    hosted = launched(sized(), scale=FAST)
    soon(lambda: hosted.runtime.describe().status == "InService")
    soon(lambda: not hosted.runtime.describe().containers)

    assert "HELLO" == hosted.ask("hello")
    assert 1 == len(hosted.metrics.of("ModelSetupTime"))
    assert hosted.metrics.of("OverheadLatency")[0] >= hosted.metrics.of("ModelSetupTime")[0]


def test_each_request_has_a_container_of_its_own(
    ranker: Hosted, soon: Callable[..., Any], tmp_path: Path
) -> None:
    """Two at a time need two."""
    gate = tmp_path / "gate"
    with ThreadPoolExecutor(2) as callers:
        waiting = [callers.submit(ranker.ask, f"wait {gate}") for _ in range(2)]
        soon(lambda: 2 == _warm(ranker))
        gate.touch()
        answers = [each.result() for each in waiting]

    assert [f"wait {gate}".upper()] * 2 == answers


def test_fails_when_more_requests_come_than_the_concurrency_allows(
    ranker: Hosted, soon: Callable[..., Any], tmp_path: Path
) -> None:
    """ThrottlingException, at once; the others are answered."""
    gate = tmp_path / "gate"
    with ThreadPoolExecutor(2) as callers:
        waiting = [callers.submit(ranker.ask, f"wait {gate}") for _ in range(2)]
        soon(lambda: ranker.runtime.describe().backlog == 2)
        with pytest.raises(ApiError, match="MaxConcurrency") as refused:
            ranker.ask("third")
        gate.touch()
        answers = [each.result() for each in waiting]

    assert ("ThrottlingException", 400) == (refused.value.code, refused.value.status)
    assert [f"wait {gate}".upper()] * 2 == answers


def test_provisioned_containers_stay(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """Long after the others would have gone; no request ever sees a cold start."""
    hosted = launched(sized(provisioned=2), scale=FAST)
    soon(lambda: hosted.runtime.describe().status == "InService")
    soon(lambda: len(hosted.metrics.of("ServerlessProvisionedConcurrencyUtilization")) > 30)

    assert 2 == _warm(hosted)
    assert "HELLO" == hosted.ask("hello")
    assert [] == hosted.metrics.of("ModelSetupTime")
    assert [1.0] == hosted.metrics.of("ServerlessProvisionedConcurrencyInvocations")


def test_the_concurrency_is_changed_in_place(ranker: Hosted, soon: Callable[..., Any]) -> None:
    """It is Updating until what is provisioned has started."""
    before = len(ranker.statuses)
    ranker.runtime.set_concurrency("AllTraffic", most=5, provisioned=3)

    assert "Updating" == ranker.statuses[before]
    soon(lambda: ranker.runtime.describe().status == "InService")
    [variant] = ranker.runtime.describe().variants
    assert (5, 3) == (
        variant.concurrency.current.max_concurrency,
        variant.concurrency.current.provisioned_concurrency,
    )
    assert 3 == _warm(ranker)


def test_fails_when_more_is_provisioned_than_allowed(ranker: Hosted) -> None:
    """The configuration's rule holds for the running endpoint too."""
    with pytest.raises(ApiError, match="must not exceed MaxConcurrency, got 3 of 2"):
        ranker.runtime.set_concurrency("AllTraffic", most=None, provisioned=3)


def test_fails_when_the_container_does_not_start(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """The deployment tries one, and says why it failed."""
    hosted = launched(sized(), image=BROKEN)
    soon(lambda: hosted.runtime.describe().status == "Failed")

    assert "ended before it passed the ping health check" in hosted.runtime.describe().failure_reason


def test_an_update_comes_into_service_before_the_former_container_goes(
    ranker: Hosted, soon: Callable[..., Any]
) -> None:
    """With the size of the new configuration."""
    before = ranker.pids()
    ranker.runtime.update(sized("second", most=9), ranker.models, retain_variant_properties=False)
    soon(lambda: ranker.runtime.describe().config_name == "second")
    soon(lambda: ranker.runtime.describe().status == "InService")

    assert "HELLO" == ranker.ask("hello")
    assert not set(before) & set(ranker.pids())
    assert 9 == ranker.runtime.describe().variants[0].concurrency.current.max_concurrency


def test_an_update_whose_container_fails_leaves_the_former_one(
    ranker: Hosted, soon: Callable[..., Any]
) -> None:
    """It serves on, and the reason is told."""
    config = sized("second", model="broken")
    ranker.runtime.update(config, ranker.models, retain_variant_properties=False)
    soon(lambda: ranker.runtime.describe().failure_reason)
    soon(lambda: ranker.runtime.describe().status == "InService")

    assert "first" == ranker.runtime.describe().config_name
    assert "HELLO" == ranker.ask("hello")


def test_a_container_that_dies_is_replaced_when_it_is_needed(
    ranker: Hosted, soon: Callable[..., Any]
) -> None:
    """The next request gets another one."""
    os.kill(ranker.pids()[0], signal.SIGKILL)
    soon(lambda: not ranker.runtime.describe().containers)

    assert "AGAIN" == ranker.ask("again")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"target_model": "a"}, "TargetModel must not be given"),
        ({"target_container": "a"}, "TargetContainerHostname must not be given"),
        ({"component": "a"}, "InferenceComponentName must not be given"),
    ],
)
def test_fails_when_a_target_is_named(ranker: Hosted, said: dict[str, str], words: str) -> None:
    """There is one model in one container."""
    with pytest.raises(ApiError, match=words):
        ranker.ask("hello", **said)


def test_fails_when_the_body_is_too_large(ranker: Hosted) -> None:
    """Four megabytes, as the guide says; instances take more."""
    with pytest.raises(ApiError, match="Body must have at most 4000000 bytes"):
        ranker.ask("a" * (int(BODY.maximum or 0) + 1))


def test_fails_when_it_is_asked_for_a_stream(ranker: Hosted) -> None:
    """It answers as a whole."""
    with pytest.raises(ApiError, match="does not answer in streams"):
        ranker.runtime.invoke_stream(DirectInvocation("ranker", b"hello"))
