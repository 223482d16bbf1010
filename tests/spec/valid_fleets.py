"""Draws valid fleets."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    AllAtOnceDeployment,
    AsyncAlarms,
    AsyncSpec,
    BacklogScaling,
    CanaryDeployment,
    EcrImage,
    FleetSpec,
    LinearDeployment,
    ModelSpec,
    Notify,
    RollingDeployment,
)
from tests.spec.valid_components import component_endpoints

names = st.from_regex("[a-z]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
tags = st.dictionaries(
    st.from_regex("[a-oA-O][A-Za-z0-9 _.:/=+@-]{0,8}", fullmatch=True), st.just("a b"), max_size=2
)
FRAMEWORKS = (("scikit-learn", "1.4-2"), ("xgboost", "1.7-1"), ("pytorch", "2.6"), ("triton", "24.09"))


def durations(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Draw whole seconds between two limits."""
    return st.integers(least, most).map(lambda seconds: timedelta(seconds=seconds))


images = (
    st.sampled_from(FRAMEWORKS).map(lambda pair: {"framework": pair[0], "version": pair[1]})
    | st.just({"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/ocr:1.4.2"})
    | st.just({"ecr": EcrImage(repository="team/ocr", tag="1.4.2")})
)
sources = st.sampled_from(["s3://models/ocr/", "s3://models/ocr/model.tar.gz"])


@st.composite
def models(draw: st.DrawFn) -> ModelSpec:
    """Draw a model with one image."""
    return ModelSpec(
        **draw(images),
        source=draw(sources),
        environment=draw(st.dictionaries(st.from_regex("[A-Z_]{1,5}", fullmatch=True), texts, max_size=3)),
        network_isolation=draw(st.booleans()),
        accept_eula=draw(st.booleans()),
    )


@st.composite
def scalings(draw: st.DrawFn) -> BacklogScaling:
    """Draw a scaling whose ends are in order."""
    lowest = draw(st.integers(0, 5))
    return BacklogScaling(
        min_capacity=lowest,
        max_capacity=draw(st.integers(max(lowest, 1), 9)),
        target_per_instance=draw(st.floats(0.001, 1e6)),
        scale_in_cooldown=draw(durations(0, 3600)),
        wake_cooldown=draw(durations(0, 3600)),
    )


deployments = (
    st.builds(RollingDeployment, maximum_batch_percent=st.integers(5, 50), wait_interval=durations(0, 3600))
    | st.builds(CanaryDeployment, canary_percent=st.integers(1, 50))
    | st.builds(LinearDeployment, linear_step_percent=st.integers(10, 50))
    | st.builds(AllAtOnceDeployment, termination_wait=durations(0, 3600))
)
alarms = st.builds(
    AsyncAlarms, backlog_age=st.none() | durations(1, 86400), expired_requests=st.none() | st.integers(1, 9)
)
notifies = st.builds(
    Notify,
    status_table=st.booleans(),
    include_inference_response_in=st.sampled_from([(), ("success",), ("error", "success")]),
    retention=durations(1, 10**7),
)


@st.composite
def endpoints(draw: st.DrawFn) -> AsyncSpec:
    """Draw an asynchronous endpoint."""
    scaling = draw(scalings())
    return AsyncSpec(
        model=draw(models()),
        instance_type=draw(st.sampled_from(["ml.m5.large", "ml.c5.xlarge", "ml.m5d.large"])),
        scaling=scaling,
        initial_instance_count=draw(st.integers(1, scaling.max_capacity)),
        max_concurrent_invocations_per_instance=draw(st.none() | st.integers(1, 1000)),
        notify=draw(notifies),
        alarms=draw(alarms),
        deployment=draw(st.none() | deployments),
        model_data_download_timeout=draw(st.none() | durations(60, 3600)),
        volume_size=draw(st.none() | st.integers(1, 512)),
        tags=draw(tags),
    )


@st.composite
def fleets(draw: st.DrawFn, kinds: st.SearchStrategy[Any] | None = None) -> FleetSpec:
    """Draw a fleet, of endpoints of all kinds or of those that are given."""
    any_endpoint: st.SearchStrategy[Any] = endpoints() | component_endpoints() if kinds is None else kinds
    return FleetSpec(
        name=draw(names),
        region=draw(st.sampled_from(["us-east-1", "eu-west-1", "cn-north-1"])),
        account=draw(st.none() | st.just("012345678901")),
        stage=draw(st.none() | names),
        max_hourly_cost=draw(st.none() | st.integers(0, 10**9).map(lambda parts: Decimal(parts) / 10_000)),
        tags=draw(tags),
        endpoints=draw(st.dictionaries(names, any_endpoint, min_size=1, max_size=3)),
    )
