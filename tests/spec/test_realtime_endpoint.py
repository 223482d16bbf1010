"""Real-time endpoints in a fleet file: what they may say, and that all that is wrong is said at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.spec import (
    FleetRefused,
    FleetSpec,
    RealtimeSpec,
    UtilizationScaling,
    build,
    fleet_yaml,
    hourly_cost,
    load_fleet,
    resolved,
)
from pilotlight.spec.latency import format_latency, parse_latency
from pilotlight.spec.tracked_hardware import published_target

MODEL = {"framework": "scikit-learn", "version": "1.4-2", "source": "s3://models/ranker/"}
INVOCATIONS = {"track": "invocations", "max_capacity": 4, "target_per_instance": 225}


def ranker(**said: Any) -> RealtimeSpec:
    """An endpoint that says no more than it must, and this."""
    return build(RealtimeSpec, **{"model": MODEL, "instance_type": "ml.m5.large", **said})


def refused(**said: Any) -> dict[str, str]:
    """What is wrong with an endpoint, by path."""
    with pytest.raises(FleetRefused) as error:
        ranker(**said)
    return {each.path: each.what for each in error.value.refusals}


def test_it_asks_for_no_more_than_a_model_and_an_instance_type() -> None:
    """One instance, the fewest outstanding requests, no scaling."""
    spec = ranker()

    assert ("LEAST_OUTSTANDING_REQUESTS", 1, None) == (
        spec.routing_strategy,
        spec.initial_instance_count,
        spec.scaling,
    )


def test_it_never_goes_to_zero() -> None:
    """Only asynchronous endpoints, and those of inference components, can."""
    with pytest.raises(FleetRefused, match=r"scaling\.min_capacity: too small, got 0.*cannot go to zero"):
        ranker(scaling=INVOCATIONS | {"min_capacity": 0})


def test_all_faults_are_told_at_once() -> None:
    """In one pass, each with its path."""
    faults = refused(
        instance_type="ml.m5.huge",
        scaling={"track": "invocations", "min_capacity": 0, "max_capacity": 2, "target_per_instance": 0},
        routing_strategy="FASTEST",
        alarms={"server_error_percent": 101, "model_latency": "500"},
        data_capture={"sampling_percent": 101, "capture": []},
    )

    assert {
        "instance_type",
        "scaling.min_capacity",
        "scaling.target_per_instance",
        "routing_strategy",
        "alarms.server_error_percent",
        "alarms.model_latency",
        "data_capture.sampling_percent",
        "data_capture.capture",
    } == {*faults}


@pytest.mark.parametrize("missing", ["prefix_length", "concurrency_threshold"])
def test_prefix_aware_needs_both_numbers(missing: str) -> None:
    """SageMaker refuses it with one of them."""
    numbers = {"prefix_length": 1024, "concurrency_threshold": 8}
    assert ranker(routing_strategy="PREFIX_AWARE", **numbers).prefix_length == 1024

    del numbers[missing]

    assert {missing: f"PREFIX_AWARE without {missing}"} == refused(routing_strategy="PREFIX_AWARE", **numbers)


@pytest.mark.parametrize(
    ("name", "value"), [("prefix_length", 1023), ("prefix_length", 65537), ("concurrency_threshold", 1025)]
)
def test_the_numbers_of_prefix_aware_have_limits(name: str, value: int) -> None:
    """Those of CreateEndpointConfig."""
    numbers = {"prefix_length": 1024, "concurrency_threshold": 8, name: value}

    assert {name: "out of range"} == refused(routing_strategy="PREFIX_AWARE", **numbers)


def test_other_strategies_have_no_prefix() -> None:
    """A number that nothing reads is a slip."""
    assert ["prefix_length"] == [*refused(routing_strategy="RANDOM", prefix_length=2048)]


@pytest.mark.parametrize("count", [1, 5])
def test_it_starts_inside_the_bounds_of_its_scaling(count: int) -> None:
    """Or scaling would change it as soon as it is attached."""
    scaling = INVOCATIONS | {"min_capacity": 2}

    assert ["initial_instance_count"] == [*refused(scaling=scaling, initial_instance_count=count)]


def test_utilisation_is_said_per_core_and_published_as_a_sum() -> None:
    """70 % of four cores are 280 in AWS's unit."""
    scaling = UtilizationScaling(metric="cpu", target_percent=70, max_capacity=2)
    cores = INSTANCE_TYPES["ml.m5.xlarge"].vcpus

    assert (4, 280) == (cores, published_target(scaling, "ml.m5.xlarge"))


def test_utilisation_of_hardware_that_is_not_there_is_refused() -> None:
    """A CPU instance has no GPU to watch."""
    scaling = {"track": "utilization", "metric": "gpu", "target_percent": 70, "max_capacity": 2}

    assert ["scaling.metric"] == [*refused(scaling=scaling)]


@pytest.mark.parametrize(("metric", "expected"), [("cpu", False), ("gpu", False), ("gpu-memory", True)])
def test_gpu_memory_does_not_scale_in_unless_asked(metric: Any, expected: bool) -> None:
    """It follows what is loaded: after a scale-out the average halves without less load."""
    scaling = UtilizationScaling(metric=metric, target_percent=80, max_capacity=2)
    asked = scaling.model_copy(update={"disable_scale_in": not expected})

    assert (expected, not expected) == (scaling.never_scales_in, asked.never_scales_in)


def test_the_schedule_counts_for_the_cost() -> None:
    """At night fewer, at the fair more: both are within the bounds that are priced."""
    schedule = [
        {"at": "cron(0 20 ? * * *)", "min_capacity": 1, "max_capacity": 1},
        {"at": "at(2027-01-01T00:00:00)", "timezone": "Europe/Berlin", "min_capacity": 4, "max_capacity": 9},
    ]
    spec = ranker(scaling=INVOCATIONS | {"min_capacity": 2, "schedule": schedule}, initial_instance_count=2)
    (line,) = hourly_cost(FleetSpec(name="shop", endpoints={"ranker": spec})).lines

    assert (2, 1, 9) == (line.initial_count, line.min_count, line.max_count)


@pytest.mark.parametrize("at", ["8:00", "cron(0 8 * *)", "rate(0 minutes)", "at(tomorrow)"])
def test_fails_when_a_schedule_is_none(at: str) -> None:
    """What Application Auto Scaling would refuse at deployment."""
    schedule = [{"at": at, "min_capacity": 1, "max_capacity": 2}]

    assert ["scaling.schedule[0].at"] == [*refused(scaling=INVOCATIONS | {"schedule": schedule})]


def test_a_schedule_alone_needs_a_schedule() -> None:
    """Nothing else would ever change the number."""
    scaling = {"track": "schedule", "max_capacity": 2, "schedule": []}

    assert ["scaling.schedule"] == [*refused(scaling=scaling)]


def test_every_variant_is_priced() -> None:
    """Each runs on instances of its own."""
    canary = {"model": MODEL, "instance_type": "ml.m5.xlarge", "weight": 0.1}
    spec = ranker(variants={"canary": canary}, initial_instance_count=3)
    lines = hourly_cost(FleetSpec(name="shop", endpoints={"ranker": spec})).lines

    assert [("AllTraffic", "ml.m5.large", 3), ("canary", "ml.m5.xlarge", 1)] == [
        (line.variant, line.billed, line.max_count) for line in lines
    ]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"weight": 0}, "weight"),
        (
            {"variants": {"AllTraffic": {"model": MODEL, "instance_type": "ml.m5.large"}}},
            "variants.AllTraffic",
        ),
        ({"variants": {"no_name": {"model": MODEL, "instance_type": "ml.m5.large"}}}, "variants.no_name"),
        (
            {"variants": {f"v{n}": {"model": MODEL, "instance_type": "ml.m5.large"} for n in range(10)}},
            "variants",
        ),
        (
            {"variants": {"canary": {"model": {"jumpstart": "a-model"}, "instance_type": "ml.m5.large"}}},
            "variants.canary.model.jumpstart",
        ),
    ],
)
def test_fails_when_variants_make_no_sense(said: dict[str, Any], path: str) -> None:
    """Somebody must take the requests; names are SageMaker's; ten variants at most."""
    assert [path] == [*refused(**said)]


def test_a_further_variant_is_resolved_too(tmp_path: Any) -> None:
    """Its framework becomes an image, as that of the endpoint does."""
    canary = {"model": MODEL, "instance_type": "ml.m5.large"}
    fleet = FleetSpec(name="shop", endpoints={"ranker": ranker(variants={"canary": canary})})
    spec = resolved(fleet).endpoints["ranker"]
    assert isinstance(spec, RealtimeSpec)

    assert spec.model.image is not None
    assert spec.model == spec.variants["canary"].model
    assert resolved(fleet) == resolved(resolved(fleet))


def test_a_fleet_file_says_it_all_and_reads_back(tmp_path: Any) -> None:
    """What is written out is the same fleet."""
    spec = ranker(
        scaling={"track": "concurrency", "max_capacity": 4, "target_per_instance": 2.5},
        routing_strategy="PREFIX_AWARE",
        prefix_length=2048,
        concurrency_threshold=16,
        variants={"canary": {"model": MODEL, "instance_type": "ml.m5.large", "weight": 0}},
        data_capture={"sampling_percent": 10, "capture": ["input"]},
        alarms={"server_error_percent": None, "model_latency": "1500ms"},
        deployment={"policy": "canary"},
    )
    fleet = FleetSpec(name="shop", endpoints={"ranker": spec})
    file = tmp_path / "fleet.yaml"
    file.write_text(fleet_yaml(fleet), encoding="utf-8")

    assert fleet == load_fleet(file)


@pytest.mark.parametrize(("text", "milliseconds"), [("500ms", 500), ("2s", 2000), ("1500ms", 1500)])
def test_latencies_have_units(text: str, milliseconds: int) -> None:
    """And are written as they are read."""
    latency = parse_latency(text)

    assert timedelta(milliseconds=milliseconds) == latency
    assert text == format_latency(latency)
