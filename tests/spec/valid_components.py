"""Draws valid endpoints of inference components."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    AdapterSpec,
    ComponentAlarms,
    CopyConcurrencyScaling,
    CopyInvocationScaling,
    CopyScheduleScaling,
    EcrImage,
    InferenceComponentEndpointSpec,
    InferenceComponentSpec,
    ManagedInstanceScaling,
    ModelSpec,
    RollingCopiesDeployment,
    RollingDeployment,
    ScheduledCopies,
)
from tests.spec.valid_instances import instances
from tests.spec.valid_parts import tags

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/llm:1"
component_names = st.from_regex("[a-z]([a-z0-9-]{0,4}[a-z0-9])?", fullmatch=True)
adapters = st.dictionaries(
    component_names,
    st.builds(AdapterSpec, source=st.sampled_from(["s3://models/legal.tar.gz", "s3://models/a/b.tar.gz"])),
    max_size=2,
)
deployments = st.builds(
    RollingDeployment,
    maximum_batch_percent=st.integers(5, 50),
    rollback_maximum_batch_percent=st.none() | st.integers(1, 100),
) | st.builds(
    RollingCopiesDeployment,
    maximum_batch_copies=st.integers(1, 9),
    wait_interval=st.just(timedelta(seconds=30)),
    rollback_maximum_batch_copies=st.none() | st.integers(1, 9),
    maximum_execution_timeout=st.none() | st.just(timedelta(hours=1)),
)
alarms = st.builds(
    ComponentAlarms,
    server_error_percent=st.none() | st.sampled_from([0.1, 5.0, 12.5, 100.0]),
    model_latency=st.none() | st.just(timedelta(milliseconds=1500)),
    overhead_latency=st.none() | st.just(timedelta(milliseconds=80)),
    latency_percentile=st.none() | st.sampled_from([50.0, 99.9]),
    no_capacity_failures=st.none() | st.integers(1, 9),
)


def seconds(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Draw whole seconds between two limits."""
    return st.integers(least, most).map(lambda number: timedelta(seconds=number))


@st.composite
def schedules(draw: st.DrawFn, least: int) -> tuple[ScheduledCopies, ...]:
    """Draw some changes of the bounds, never below a count."""
    low = draw(st.integers(least, 2))
    at = draw(st.sampled_from(["cron(0 8 ? * MON-FRI *)", "rate(5 minutes)", "at(2030-01-01T00:00:00)"]))
    high = draw(st.integers(low, 4))
    one = ScheduledCopies(at=at, timezone="Europe/Berlin", min_capacity=low, max_capacity=high)
    return draw(st.sampled_from([(one,), (one, one)]))


@st.composite
def scalings(draw: st.DrawFn, least: int) -> Any:
    """Draw a scaling of one component, which always sleeps when `least` is 0."""
    bounds: dict[str, Any] = {
        "min_capacity": least,
        "max_capacity": draw(st.integers(max(least, 1), 4)),
        "wake_cooldown": draw(seconds(0, 600)),
    }
    track = draw(st.sampled_from(["invocations", "concurrency", "schedule"]))
    if track == "schedule":
        return CopyScheduleScaling(**bounds, schedule=draw(schedules(least)))
    kind: Callable[..., Any] = CopyInvocationScaling if track == "invocations" else CopyConcurrencyScaling
    return kind(
        **bounds,
        schedule=draw(st.just(()) | schedules(least)),
        target_per_copy=draw(st.floats(0.001, 1e6)),
        scale_in_cooldown=draw(seconds(0, 3600)),
        scale_out_cooldown=draw(seconds(0, 3600)),
        disable_scale_in=draw(st.booleans()),
    )


@st.composite
def managed(draw: st.DrawFn) -> ManagedInstanceScaling:
    """Draw bounds of the instances."""
    lowest = draw(st.integers(0, 2))
    strategy: Any = draw(st.sampled_from([None, "IDLE_RELEASE", "CONSOLIDATION"]))
    return ManagedInstanceScaling(
        min_instance_count=lowest,
        max_instance_count=draw(st.integers(max(lowest, 2), 5)),
        scale_in_strategy=strategy,
        scale_in_cooldown=None if strategy is None else draw(st.none() | st.just(timedelta(minutes=30))),
        maximum_step_size=draw(st.none() | st.integers(2, 100)) if strategy == "CONSOLIDATION" else None,
    )


@st.composite
def component_models(draw: st.DrawFn, *, isolated: bool, held: bool) -> ModelSpec:
    """Draw what a component runs; what it holds itself has no prefix, no licence and no secrets."""
    image: Any = draw(
        st.sampled_from(
            [
                {"image": IMAGE},
                {"framework": "pytorch", "version": "2.6"},
                {"ecr": EcrImage(repository="team/llm", tag="1.4.2")},
            ]
        )
    )
    source = draw(
        st.none() | st.sampled_from(["s3://models/llm.tar.gz", *([] if held else ["s3://models/llm/"])])
    )
    return ModelSpec(
        **image,
        source=source,
        environment=draw(st.dictionaries(st.sampled_from(["AB", "B_1"]), st.text("ab ", max_size=4))),
        network_isolation=isolated,
        accept_eula=source == "s3://models/llm/" and draw(st.booleans()),
    )


@st.composite
def components(draw: st.DrawFn, isolated: bool, sleeps: bool) -> InferenceComponentSpec:
    """Draw a component that is small enough for two of it to fit."""
    held: Any = draw(st.sampled_from(["model", "container"]))
    strategy: Any = draw(st.sampled_from([None, "SPREAD", "BINPACK"]))
    scaling = draw(scalings(0)) if sleeps else draw(st.none() | scalings(1))
    most = 2 if scaling is None else min(2, scaling.max_capacity)
    memory = draw(st.integers(128, 4096))
    return InferenceComponentSpec(
        model=draw(component_models(isolated=isolated, held=held == "container")),
        deployed_as=held,
        cores=draw(st.none() | st.sampled_from([0.25, 1, 2.5])),
        accelerators=draw(st.none() | st.just(1)),
        memory=memory,
        max_memory=draw(st.none() | st.integers(memory, 9000)),
        placement_strategy=strategy,
        max_imbalance=None if strategy is None else draw(st.none() | st.integers(0, 100)),
        data_cache=draw(st.none() | st.booleans()),
        model_data_download_timeout=draw(st.none() | seconds(60, 3600)),
        container_startup_health_check_timeout=draw(st.none() | seconds(60, 3600)),
        copies=draw(st.integers(1, most)),
        scaling=scaling,
        deployment=draw(st.none() | deployments),
        adapters=draw(adapters),
    )


@st.composite
def component_endpoints(draw: st.DrawFn) -> InferenceComponentEndpointSpec:
    """Draw an endpoint of one or two components."""
    scaling = draw(st.none() | managed())
    sleeps, isolated = scaling is not None and scaling.min_instance_count == 0, draw(st.booleans())
    names = draw(st.sampled_from([["writer"], ["writer", "tagger"]]))
    options = draw(instances("ml.g5.12xlarge"))
    del options["container_startup_health_check_timeout"]  # each component has its own
    routing: Any = draw(st.sampled_from(["LEAST_OUTSTANDING_REQUESTS", "PREFIX_AWARE", "RANDOM"]))
    prefix = routing == "PREFIX_AWARE"
    return InferenceComponentEndpointSpec(
        instance_type=draw(st.sampled_from(["ml.g5.12xlarge", "ml.g5.24xlarge"])),
        scaling=scaling,
        initial_instance_count=2,
        schedulable_memory=draw(st.none() | st.just(65536)),
        components={name: draw(components(isolated, sleeps)) for name in names},
        routing_strategy=routing,
        prefix_length=1024 if prefix else None,
        concurrency_threshold=8 if prefix else None,
        alarms=draw(alarms),
        **options,
        tags=draw(tags),
    )
