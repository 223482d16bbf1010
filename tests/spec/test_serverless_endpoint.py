"""What a fleet file may say of a serverless endpoint."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pilotlight.spec import (
    FleetRefused,
    FleetSpec,
    ModelSpec,
    ServerlessModelSpec,
    ServerlessSpec,
    build,
    cost_refusals,
    fleet_yaml,
    hourly_cost,
    load_fleet,
    resolved,
)

MODEL: dict[str, Any] = {
    "framework": "scikit-learn",
    "version": "1.4-2",
    "source": "s3://models/sorter/model.tar.gz",
}
TRACKED = {"track": "provisioned-concurrency", "max_capacity": 4, "target_percent": 70}


def sorter(**said: Any) -> ServerlessSpec:
    """An endpoint that says no more than it must, and this."""
    return build(ServerlessSpec, **{"model": MODEL, **said})


def refused(**said: Any) -> dict[str, str]:
    """What is wrong with an endpoint, by path."""
    with pytest.raises(FleetRefused) as error:
        sorter(**said)
    return {each.path: each.what for each in error.value.refusals}


def fleet(limit: float | None = None, **said: Any) -> FleetSpec:
    """A fleet with one such endpoint."""
    return FleetSpec.model_validate(
        {"name": "shop", "endpoints": {"sorter": sorter(**said)}, "max_hourly_cost": limit}
    )


def test_it_asks_for_no_more_than_a_model() -> None:
    """Which is not isolated, because serverless inference cannot do that."""
    spec = sorter()

    assert (2048, 5, None, False) == (
        spec.memory_size,
        spec.max_concurrency,
        spec.provisioned_concurrency,
        spec.model.network_isolation,
    )


def test_all_faults_are_told_at_once() -> None:
    """In one pass, each with its path."""
    faults = refused(
        model=MODEL | {"network_isolation": True},
        memory_size=7168,
        max_concurrency=0,
        provisioned_concurrency=201,
        alarms={"concurrency_percent": 101},
        deployment={"policy": "rolling"},
        data_capture={},
    )

    assert {
        "model.network_isolation",
        "memory_size",
        "max_concurrency",
        "provisioned_concurrency",
        "alarms.concurrency_percent",
        "deployment.policy",
        "data_capture",
    } == {*faults}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("instance_type", "ml.m5.large"),
        ("initial_instance_count", 1),
        ("volume_size", 20),
        ("routing_strategy", "RANDOM"),
        ("variants", {}),
        ("data_capture", {}),
        ("warm_up", {}),
        ("model_data_download_timeout", "5m"),
        ("container_startup_health_check_timeout", "5m"),
    ],
)
def test_what_serverless_has_not_is_refused_with_the_reason(key: str, value: Any) -> None:
    """Not as an unknown key: other kinds have it."""
    (what,) = refused(**{key: value}).values()

    assert "unknown" not in what
    assert "serverless" in what


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ({"network_isolation": True}, "model.network_isolation"),
        ({"source": "s3://models/sorter/"}, "model.source"),
        ({"framework": "huggingface-tgi", "version": "3.3.6", "source": None}, "model.framework"),
        ({"framework": None, "version": None, "source": None, "jumpstart": "a-model"}, "model.jumpstart"),
    ],
)
def test_a_model_that_needs_more_is_refused(model: dict[str, Any], path: str) -> None:
    """No isolation, no prefix, no GPU."""
    assert [path] == [*refused(model=MODEL | model)]


def test_the_image_of_a_gpu_framework_is_known_by_its_uri_too() -> None:
    """As it stands in a template; an image of one's own is trusted."""
    on_gpu = FleetSpec.model_validate(
        {
            "name": "shop",
            "endpoints": {
                "llm": {
                    "kind": "realtime",
                    "model": {"framework": "huggingface-tgi", "version": "3.3.6"},
                    "instance_type": "ml.g5.xlarge",
                }
            },
        }
    )
    (llm,) = resolved(on_gpu).endpoints["llm"].hosted

    assert ["model.image"] == [*refused(model={"image": llm.model.image})]
    assert sorter(model={"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/own:gpu"})


@pytest.mark.parametrize("memory", [1024, 2048, 3072, 4096, 5120, 6144])
def test_memory_comes_in_six_sizes(memory: int) -> None:
    """Whole gigabytes."""
    assert memory == sorter(memory_size=memory).memory_size
    assert ["memory_size"] == [*refused(memory_size=memory + 512)]


@pytest.mark.parametrize(
    ("said", "paths"),
    [
        ({"scaling": TRACKED}, ["provisioned_concurrency"]),
        ({"scaling": TRACKED, "provisioned_concurrency": 5}, ["provisioned_concurrency"]),
        ({"scaling": TRACKED | {"max_capacity": 6}, "provisioned_concurrency": 1}, ["scaling.max_capacity"]),
        ({"scaling": TRACKED | {"min_capacity": 0}, "provisioned_concurrency": 1}, ["scaling.min_capacity"]),
        (
            {"scaling": TRACKED | {"target_percent": 0}, "provisioned_concurrency": 1},
            ["scaling.target_percent"],
        ),
        ({"scaling": TRACKED | {"track": "invocations"}, "provisioned_concurrency": 1}, ["scaling.track"]),
        (
            {
                "scaling": TRACKED
                | {"schedule": [{"at": "rate(1 day)", "min_capacity": 1, "max_capacity": 6}]},
                "provisioned_concurrency": 1,
            },
            ["scaling.schedule[0].max_capacity"],
        ),
        (
            {"scaling": TRACKED | {"max_capacity": 6}},
            ["scaling.max_capacity", "provisioned_concurrency"],
        ),
    ],
)
def test_scaling_stays_within_what_there_may_be(said: dict[str, Any], paths: list[str]) -> None:
    """From what is provisioned at first up to the maximum concurrency."""
    assert paths == [*refused(**said)]


def test_the_model_of_a_construct_is_taken_for_one_without_instances() -> None:
    """It knows nothing of where it will run; only that it is isolated is a fault."""
    given = ModelSpec(**MODEL, network_isolation=False)

    assert isinstance(sorter(model=given).model, ServerlessModelSpec)
    assert ["model.network_isolation"] == [*refused(model=ModelSpec(**MODEL))]


def test_work_is_billed_by_the_second_and_nothing_without_requests() -> None:
    """Five requests at once with 3 GiB each, all the hour, at 0.216 USD."""
    cost = hourly_cost(fleet(memory_size=3072))

    assert (Decimal(0), Decimal(0), Decimal("1.08")) == (cost.initial, cost.minimum, cost.maximum)
    assert [("3GiB serverless", "requests at once")] == [(line.billed, line.unit) for line in cost.lines]


def test_what_is_kept_ready_has_no_known_price() -> None:
    """So the cost is unknown as soon as there is any, and no limit can hold it."""
    kept = fleet(limit=100, provisioned_concurrency=2, scaling=TRACKED)
    cost = hourly_cost(kept)

    assert (None, None, None) == (cost.initial, cost.minimum, cost.maximum)
    assert (2, 1, 4) == (cost.lines[1].initial_count, cost.lines[1].min_count, cost.lines[1].max_count)
    assert ["endpoints.sorter.scaling.max_capacity"] == [each.path for each in cost_refusals(kept)]


def test_it_resolves_to_the_build_for_cpus() -> None:
    """SageMaker chooses the hardware, which has no GPU."""
    (hosted,) = (
        resolved(fleet(model=MODEL | {"framework": "pytorch", "version": "2.6"})).endpoints["sorter"].hosted
    )

    assert "-cpu-" in str(hosted.model.image)


def test_a_fleet_file_says_it_all_and_reads_back(tmp_path: Any) -> None:
    """What is written out is the same fleet."""
    said = fleet(
        memory_size=4096,
        max_concurrency=200,
        provisioned_concurrency=2,
        scaling=TRACKED,
        alarms={"server_error_percent": None, "overhead_latency": "1500ms"},
        deployment={"policy": "canary"},
    )
    file = tmp_path / "fleet.yaml"
    file.write_text(fleet_yaml(said), encoding="utf-8")

    assert said == load_fleet(file)
