"""A multi-model endpoint on small real containers: each model answers for itself, and models come and go."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.hosting.routing import LeastOutstandingRequests, ModelAffinity, RandomRouting
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.home import Home

from .conftest import eventually
from .many_models import (
    ManyModelsEndpoint,
    many_models_config,
    many_models_endpoint,
    many_models_record,
)

pytestmark = pytest.mark.thorough

MEBIBYTE = 2**20


@pytest.fixture
def many(home: Home) -> Iterator[ManyModelsEndpoint]:
    """An endpoint with one instance that holds any number of models."""
    with many_models_endpoint(home) as endpoint:
        yield endpoint


def test_each_model_answers_for_itself(many: ManyModelsEndpoint) -> None:
    """Two tenants' models, published after the endpoint came into service, answer by their names."""
    many.publish("acme.tar.gz", {"word": b"acme says"})
    many.publish("tenants/globex.tar.gz", {"word": b"globex says"})

    assert b"acme says hello" == many.ask("acme.tar.gz", b"hello")
    assert b"globex says hello" == many.ask("tenants/globex.tar.gz", b"hello")
    assert 2 == many.loaded_in_containers()


def test_second_request_finds_its_model_loaded(many: ManyModelsEndpoint) -> None:
    """ModelCacheHit is 0, then 1; only the first request waited."""
    many.publish("acme.tar.gz", {"word": b"acme"})
    many.ask("acme.tar.gz")
    many.ask("acme.tar.gz")

    assert [0.0, 1.0] == many.metrics.of("ModelCacheHit")
    assert 1 == len(many.metrics.of("ModelLoadingWaitTime"))
    assert 1 == len(many.metrics.of("ModelDownloadingTime"))
    assert [1.0, 1.0] == many.metrics.of("InvocationsPerInstance")


def test_model_is_loaded_once_for_all_who_wait(many: ManyModelsEndpoint) -> None:
    """Requests that come while a model is being loaded share one load."""
    many.publish("acme.tar.gz", {"word": b"acme"})
    answers: list[bytes] = []
    asking = [
        threading.Thread(target=lambda: answers.append(many.ask("acme.tar.gz", b"sleep 0.05")))
        for _ in range(6)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert [b"acme sleep 0.05"] * 6 == answers
    assert 1 == len(many.metrics.of("ModelLoadingTime"))


def test_times_are_those_of_the_container(home: Home) -> None:
    """A real container works in real time: 0.1 s are 100 000 µs, though 60 s have passed for SageMaker."""
    with many_models_endpoint(
        home, model=many_models_record(environment={"LOAD_SECONDS": "0.1"}), scale=600.0
    ) as many:
        many.publish("acme", {"word": b"acme"})
        many.ask("acme", b"sleep 0.1")

        (loading,), (latency,) = many.metrics.of("ModelLoadingTime"), many.metrics.of("ModelLatency")
        assert 100_000 <= loading < 50_000_000
        assert 100_000 <= latency < 50_000_000


def test_fails_when_no_target_model_is_given(many: ManyModelsEndpoint) -> None:
    """The endpoint has no model of its own."""
    with pytest.raises(ApiError, match="TargetModel must be given") as refused:
        many.ask(None)

    assert "ValidationError" == refused.value.code


def test_fails_when_there_is_no_such_model(many: ManyModelsEndpoint) -> None:
    """The refusal names where it was looked for; a later publication makes it good."""
    with pytest.raises(ApiError, match=r"s3://data/models/many/none\.tar\.gz") as refused:
        many.ask("none.tar.gz")
    many.publish("none.tar.gz", {"word": b"now"})

    assert "ValidationError" == refused.value.code
    assert b"now ?" == many.ask("none.tar.gz")


def test_fails_when_the_artefact_reaches_outside(many: ManyModelsEndpoint) -> None:
    """A model that would write outside of its folder is not unpacked."""
    many.publish("bad.tar.gz", {"../../word": b"bad"})

    with pytest.raises(ApiError, match="must stay inside"):
        many.ask("bad.tar.gz")


def test_fails_when_the_container_cannot_load_the_model(many: ManyModelsEndpoint) -> None:
    """What the container said is passed on as the error of the model."""
    many.publish("empty.tar.gz", {"other": b""})

    with pytest.raises(ModelError, match="FileNotFoundError") as refused:
        many.ask("empty.tar.gz")
    assert 500 == refused.value.members["OriginalStatusCode"]


def test_target_model_is_not_forwarded_to_the_container(many: ManyModelsEndpoint) -> None:
    """Triton would look for a model of that name; the other headers arrive."""
    many.publish("acme.tar.gz", {"word": b"acme"})
    names = many.ask("acme.tar.gz", b"headers", custom_attributes="a", inference_id="i").decode().split()

    assert "x-amzn-sagemaker-target-model" not in names
    assert {"x-amzn-sagemaker-custom-attributes", "x-amzn-sagemaker-inference-id"} <= set(names)


def test_answers_wait_for_room_when_the_container_says_507(home: Home) -> None:
    """A container with room for one model: the other one is unloaded, and the request is answered."""
    with many_models_endpoint(home, model=many_models_record(environment={"LIMIT": "1"})) as many:
        for name in ("a", "b"):
            many.publish(name, {"word": name.encode()})

        assert [b"a ?", b"b ?", b"a ?"] == [many.ask(name) for name in "aba"]
        assert 1 == many.loaded_in_containers()
        assert 2 == len(many.metrics.of("ModelUnloadingTime"))


def test_fails_with_507_when_nothing_can_be_unloaded(home: Home) -> None:
    """A model larger than the memory of the instance is never loaded."""
    with many_models_endpoint(home, cache=CacheSettings(memory=100 * MEBIBYTE)) as many:
        many.publish("huge", {"word": b""}, memory_mib=101)

        with pytest.raises(ModelError) as refused:
            many.ask("huge")
        assert 507 == refused.value.members["OriginalStatusCode"]
        assert 0 == many.loaded_in_containers()


def test_slow_load_is_refused_with_429_and_goes_on(home: Home, tmp_path: Path) -> None:
    """Whoever waits longer than the patience is refused; once loaded, the model answers at once."""
    goes_on = tmp_path / "goes on"
    model = many_models_record(environment={"LOAD_FILE": str(goes_on)})
    cache = CacheSettings(patience=SECOND // 5)
    with many_models_endpoint(home, model=model, cache=cache, scale=1.0) as many:
        many.publish("slow", {"word": b"slow"})
        with pytest.raises(ApiError) as refused:
            many.ask("slow")
        goes_on.touch()
        eventually(lambda: {1: ("slow",)} == many.runtime.loaded_models())

        assert ("ModelNotReadyException", 429) == (refused.value.code, refused.value.status)
        assert b"slow ?" == many.ask("slow")
        assert [0.0, 1.0] == many.metrics.of("ModelCacheHit")


def test_model_leaves_after_its_answer_when_the_cache_is_disabled(home: Home) -> None:
    """ModelCacheSetting Disabled: nothing stays in memory, nor on the volume."""
    with many_models_endpoint(home, model=many_models_record(cached=False)) as many:
        many.publish("acme", {"word": b"acme"})
        many.ask("acme")
        eventually(lambda: 0 == many.loaded_in_containers())

        assert b"acme ?" == many.ask("acme")
        assert 2 == len(many.metrics.of("ModelDownloadingTime"))


def test_request_is_refused_when_its_container_dies(many: ManyModelsEndpoint) -> None:
    """Nobody waits for an instance that is gone; the next one answers."""
    many.publish("acme", {"word": b"acme"})
    many.ask("acme")
    (container,) = many.runtime.describe().containers
    caught: list[ApiError] = []

    def ask() -> None:
        try:
            many.ask("acme", b"sleep 20")
        except ApiError as error:
            caught.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    eventually(lambda: 1 == many.runtime.describe().backlog)
    os.kill(container.pid, signal.SIGKILL)
    asking.join(120)

    (error,) = caught
    assert error.code in {"ModelError", "ServiceUnavailable"}
    eventually(lambda: many.ready and container.pid not in many.ready)
    assert b"acme ?" == many.ask("acme")


@pytest.mark.parametrize(
    ("routing", "among"),
    [
        ({}, RandomRouting()),
        ({"RoutingConfig": {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"}}, LeastOutstandingRequests()),
    ],
    ids=["unsaid", "said"],
)
def test_the_variant_says_how_equals_are_chosen(home: Home, routing: Any, among: Any) -> None:
    """By its strategy, among instances that have the model or among all; metrics bear its name."""
    config = many_models_config(VariantName="many-models", **routing)
    with many_models_endpoint(home, config=config) as many:
        many.publish("acme", {"word": b"acme"})
        many.ask("acme")

        assert ModelAffinity(among) == many.runtime._line._routing.strategy
        assert {"many-models"} == {
            dimensions["VariantName"] for name, dimensions, _ in many.metrics.values if "Invocation" in name
        }


def test_requests_for_a_model_stay_where_it_is_loaded(home: Home) -> None:
    """With two instances, one load serves all requests that come one after the other."""
    with many_models_endpoint(home, config=many_models_config(count=2)) as many:
        many.publish("acme", {"word": b"acme"})
        for _ in range(5):
            many.ask("acme")

        assert 1 == many.loaded_in_containers()
        assert [0.0, 1.0, 1.0, 1.0, 1.0] == many.metrics.of("ModelCacheHit")
        assert [0.5] * 5 == many.metrics.of("InvocationsPerInstance")
