"""Draws valid endpoints without instances."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    AllAtOnceDeployment,
    AnyServerlessScaling,
    CanaryDeployment,
    LinearDeployment,
    ModelSpec,
    ProvisionedConcurrencyScaling,
    ScheduledCapacity,
    ScheduleScaling,
    ServerlessAlarms,
    ServerlessModelSpec,
    ServerlessSpec,
)
from tests.spec.valid_at_once import percents, realtime_alarms
from tests.spec.valid_parts import durations, models, tags

blue_green = (
    st.builds(CanaryDeployment, canary_percent=st.integers(1, 50))
    | st.builds(LinearDeployment, linear_step_percent=st.integers(10, 50))
    | st.builds(AllAtOnceDeployment, termination_wait=durations(0, 3600))
)


def _without_instances(model: ModelSpec) -> ServerlessModelSpec:
    """Take what serverless inference can host of a model."""
    source = model.source if model.source is None or model.source.endswith(".gz") else None
    kept = dict(model) | {"network_isolation": False, "source": source, "accept_eula": False}
    return ServerlessModelSpec.model_validate(kept)


@st.composite
def _scalings(draw: st.DrawFn, most: int) -> AnyServerlessScaling:
    """Draw what scales up to the maximum concurrency."""
    lowest = draw(st.integers(1, most))
    highest = draw(st.integers(lowest, most))
    capacity = st.builds(
        ScheduledCapacity,
        at=st.just("cron(0 8 ? * MON-FRI *)"),
        min_capacity=st.just(1),
        max_capacity=st.integers(1, most),
    )
    common: dict[str, Any] = {"min_capacity": lowest, "max_capacity": highest}
    if draw(st.booleans()):
        return ScheduleScaling(**common, schedule=tuple(draw(st.lists(capacity, min_size=1, max_size=2))))
    return ProvisionedConcurrencyScaling(
        **common,
        schedule=tuple(draw(st.lists(capacity, max_size=2))),
        target_percent=draw(percents),
        scale_in_cooldown=draw(durations(0, 3600)),
        scale_out_cooldown=draw(durations(0, 3600)),
        disable_scale_in=draw(st.none() | st.booleans()),
    )


@st.composite
def serverless_endpoints(draw: st.DrawFn) -> ServerlessSpec:
    """Draw an endpoint without instances."""
    most = draw(st.integers(1, 200))
    scaling = draw(st.none() | _scalings(most))
    provisioned = st.none() | st.integers(1, most)
    if scaling is not None:
        provisioned = st.integers(scaling.min_capacity, scaling.max_capacity)
    return ServerlessSpec(
        model=draw(models().filter(lambda model: model.framework != "triton").map(_without_instances)),
        memory_size=1024 * draw(st.integers(1, 6)),
        max_concurrency=most,
        provisioned_concurrency=draw(provisioned),
        scaling=scaling,
        alarms=draw(st.builds(ServerlessAlarms, **realtime_alarms, concurrency_percent=st.none() | percents)),
        deployment=draw(st.none() | blue_green),
        tags=draw(tags),
    )
