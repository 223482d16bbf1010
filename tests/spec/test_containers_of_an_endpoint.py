"""What a fleet file may say of endpoints with several containers, side by side or in a row."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.spec import (
    ContainerSpec,
    FleetRefused,
    FleetSpec,
    MultiContainerSpec,
    PipelineSpec,
    StepSpec,
    build,
    fleet_yaml,
    hourly_cost,
    load_fleet,
    resolved,
)

MODEL: dict[str, Any] = {"framework": "scikit-learn", "version": "1.4-2", "source": "s3://models/one/"}
OPEN = MODEL | {"network_isolation": False}
LONG = MODEL | {"environment": {f"V{number}": "x" * 1000 for number in range(17)}}
GPU = {"framework": "huggingface-tgi", "version": "3.3.6"}


def side_by_side(models: dict[str, Any], **said: Any) -> MultiContainerSpec:
    """Containers by name."""
    containers = {name: {"model": model} for name, model in models.items()}
    return build(MultiContainerSpec, **{"containers": containers, "instance_type": "ml.m5.xlarge", **said})


def in_a_row(models: dict[str, Any], **said: Any) -> PipelineSpec:
    """The same ones, as steps."""
    steps = [{"name": name, "model": model} for name, model in models.items()]
    return build(PipelineSpec, **{"containers": steps, "instance_type": "ml.m5.xlarge", **said})


def faults(make: Any, models: dict[str, Any], **said: Any) -> list[str]:
    """The paths of what is wrong."""
    with pytest.raises(FleetRefused) as error:
        make(models, **said)
    return [each.path for each in error.value.refusals]


def many(count: int) -> dict[str, Any]:
    """So many containers."""
    return {f"c{number}": MODEL for number in range(count)}


BOTH = pytest.mark.parametrize("make", [side_by_side, in_a_row])


@BOTH
@pytest.mark.parametrize(("count", "fine"), [(1, False), (2, True), (15, True), (16, False)])
def test_there_are_two_to_fifteen(make: Any, count: int, fine: bool) -> None:
    """SageMaker's limits."""
    if fine:
        assert count == len(make(many(count)).hosted)
    else:
        assert ["containers"] == faults(make, many(count))


@BOTH
def test_their_variables_count_together(make: Any) -> None:
    """17 kB are fine for one, not for two: 32 KB is the limit of all."""
    assert ["containers"] == faults(make, {"a": LONG, "b": LONG})
    assert make({"a": LONG, "b": MODEL})


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (side_by_side, "containers.b.model.network_isolation"),
        (in_a_row, "containers[1].model.network_isolation"),
    ],
)
def test_they_share_their_network(make: Any, path: str) -> None:
    """One of them alone cannot be cut off from it."""
    assert [path] == faults(make, {"a": MODEL, "b": OPEN})
    assert [False, False] == [each.model.network_isolation for each in make({"a": OPEN, "b": OPEN}).hosted]


@BOTH
def test_all_of_their_images_are_built_for_the_instances(make: Any) -> None:
    """The second one is not."""
    assert ["instance_type"] == faults(make, {"a": MODEL, "b": GPU})


@BOTH
def test_none_of_them_is_one_of_jumpstart(make: Any) -> None:
    """Those are made to have their instances to themselves."""
    (path,) = faults(make, {"a": MODEL, "b": {"jumpstart": "a-model"}})

    assert path.endswith("model.jumpstart")


@pytest.mark.parametrize("name", ["a_b", "-a", "a-", "", "a" * 64])
def test_their_names_are_host_names(name: str) -> None:
    """Letters, digits and hyphens; 63 of them."""
    assert [f"containers.{name}".rstrip(".")] == [
        path.rstrip(".") for path in faults(side_by_side, {"a": MODEL, name: MODEL})
    ]
    assert ["containers[1].name"] == faults(in_a_row, {"a": MODEL, name: MODEL})


def test_no_two_steps_have_the_same_name() -> None:
    """Their metrics could not be told apart."""
    step = {"name": "a", "model": MODEL}
    with pytest.raises(FleetRefused, match=r"containers\[1\]\.name: a name twice, got a"):
        build(PipelineSpec, containers=[step, step], instance_type="ml.m5.large")


def test_warming_names_no_container() -> None:
    """So it cannot be asked of an endpoint where a request has to."""
    assert ["warm_up"] == faults(side_by_side, many(2), warm_up={})


@BOTH
def test_all_faults_are_told_at_once(make: Any) -> None:
    """Of the containers together, and of everything else."""
    assert {"containers", "instance_type", "routing_strategy", "initial_instance_count"} == {
        *faults(
            make,
            {"a": MODEL},
            instance_type="ml.m5.huge",
            routing_strategy="FASTEST",
            initial_instance_count=0,
        )
    }


@BOTH
def test_an_hour_costs_the_instances_however_many_containers_there_are(make: Any) -> None:
    """Each instance runs all of them."""
    scaling = {"track": "invocations", "max_capacity": 4, "target_per_instance": 100}
    endpoint = make(many(3), scaling=scaling)
    (line,) = hourly_cost(FleetSpec(name="shop", endpoints={"e": endpoint})).lines

    assert ("ml.m5.xlarge", 1, 1, 4) == (line.billed, line.initial_count, line.min_count, line.max_count)


@BOTH
def test_every_image_is_resolved(make: Any) -> None:
    """And keeps its place."""
    fleet = resolved(FleetSpec(name="shop", endpoints={"e": make(many(2))}))
    endpoint = fleet.endpoints["e"]

    assert all(each.model.image is not None for each in endpoint.hosted)
    assert [each.path for each in make(many(2)).hosted] == [each.path for each in endpoint.hosted]
    assert fleet == resolved(fleet)


@BOTH
def test_a_fleet_file_says_it_all_and_reads_back(make: Any, tmp_path: Any) -> None:
    """What is written out is the same fleet."""
    endpoint = make(
        many(2),
        scaling={"track": "concurrency", "max_capacity": 4, "target_per_instance": 2.5},
        routing_strategy="PREFIX_AWARE",
        prefix_length=2048,
        concurrency_threshold=16,
        data_capture={"sampling_percent": 10, "capture": ["input"]},
        alarms={"server_error_percent": None, "model_latency": "1500ms"},
        deployment={"policy": "canary"},
        volume_size=20,
    )
    fleet = FleetSpec(name="shop", endpoints={"e": endpoint})
    file = tmp_path / "fleet.yaml"
    file.write_text(fleet_yaml(fleet), encoding="utf-8")

    assert fleet == load_fleet(file)


def test_side_by_side_they_have_keys_and_in_a_row_an_order() -> None:
    """As callers name them, and as requests pass through them."""
    assert {"c0": ContainerSpec, "c1": ContainerSpec} == {
        name: type(each) for name, each in side_by_side(many(2)).containers.items()
    }
    assert [("c0", StepSpec), ("c1", StepSpec)] == [
        (each.name, type(each)) for each in in_a_row(many(2)).containers
    ]
