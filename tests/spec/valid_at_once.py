"""Draws valid endpoints that answer at once: real-time ones, and those of many models."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    AnyScaling,
    ConcurrencyScaling,
    DataCapture,
    InvocationScaling,
    ModelSpec,
    MultiModelAlarms,
    MultiModelSpec,
    RealtimeAlarms,
    RealtimeSpec,
    RollingDeployment,
    ScheduledCapacity,
    ScheduleScaling,
    ShadowVariantSpec,
    UtilizationScaling,
    VariantSpec,
    WarmUpSample,
    WarmUpSpec,
)
from tests.spec.valid_instances import files, instances, observed, pools
from tests.spec.valid_parts import deployments, durations, models, tags, texts

scheduled = st.builds(
    ScheduledCapacity,
    at=st.sampled_from(["cron(0 8 ? * MON-FRI *)", "rate(5 minutes)", "at(2030-01-01T00:00:00)"]),
    timezone=st.sampled_from(["UTC", "Europe/Berlin"]),
    min_capacity=st.integers(1, 3),
    max_capacity=st.integers(3, 12),
)
tracked = {
    "min_capacity": st.sampled_from([1, 1, 2]),
    "max_capacity": st.integers(3, 9),
    "scale_in_cooldown": durations(0, 3600),
    "scale_out_cooldown": durations(0, 3600),
    "disable_scale_in": st.none() | st.booleans(),
    "schedule": st.lists(scheduled, max_size=2).map(tuple),
}
targets = st.floats(0.001, 1e6)
percents = st.integers(1, 1000).map(lambda tenths: tenths / 10)


def realtime_scalings(*metrics: str) -> st.SearchStrategy[AnyScaling]:
    """Draw what scales an endpoint that answers at once, on hardware that has these metrics."""
    return (
        st.builds(InvocationScaling, target_per_instance=targets, **tracked)
        | st.builds(ConcurrencyScaling, target_per_instance=targets, **tracked)
        | st.builds(UtilizationScaling, metric=st.sampled_from(metrics), target_percent=percents, **tracked)
        | st.builds(
            ScheduleScaling,
            min_capacity=st.sampled_from([1, 2]),
            max_capacity=st.integers(3, 9),
            schedule=st.lists(scheduled, min_size=1, max_size=2).map(tuple),
        )
    )


latencies = st.integers(1, 10**6).map(lambda milliseconds: timedelta(milliseconds=milliseconds))
samples = st.builds(
    WarmUpSample,
    body=texts,
    content_type=st.sampled_from(["application/json", "text/csv"]),
    accept=st.none() | st.just("*/*"),
)


def warm_ups(sample: st.SearchStrategy[WarmUpSample | None]) -> st.SearchStrategy[WarmUpSpec]:
    """Draw the terms of a warm-up."""
    return st.builds(
        WarmUpSpec,
        every=st.integers(1, 3000).map(lambda minutes: timedelta(minutes=minutes)),
        concurrency=st.integers(1, 100),
        time_budget=durations(1, 800),
        target_percent=st.integers(1, 99),
        memory_budget=st.none() | st.integers(1, 9_999_999),
        sample=sample,
    )


HARDWARE = {
    "ml.m5.large": ("cpu",),
    "ml.c5.9xlarge": ("cpu",),
    "ml.g4dn.xlarge": ("gpu", "gpu-memory"),
}
routings = (
    st.sampled_from(["RANDOM", "LEAST_OUTSTANDING_REQUESTS"]).map(lambda name: {"routing_strategy": name})
) | st.fixed_dictionaries(
    {
        "routing_strategy": st.just("PREFIX_AWARE"),
        "prefix_length": st.integers(1024, 65536),
        "concurrency_threshold": st.integers(1, 1024),
    }
)


@st.composite
def placed(draw: st.DrawFn, models: st.SearchStrategy[ModelSpec]) -> dict[str, Any]:
    """Draw a model, where it runs, and what scales it."""
    model = draw(models)
    on_cpu = model.framework is not None and model.framework != "triton"
    instance_type = draw(st.sampled_from([*HARDWARE][: 2 if on_cpu else 3]))
    return {
        "model": model,
        "instance_type": instance_type,
        "scaling": draw(st.none() | realtime_scalings(*HARDWARE[instance_type])),
        "initial_instance_count": draw(st.integers(2, 3)),
        **draw(instances(instance_type)),
    }


@st.composite
def pooled(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a model with files of its own, and where it may run instead."""
    where = draw(placed(models()))
    tracks_hardware = isinstance(where["scaling"], UtilizationScaling)
    others = () if tracks_hardware else draw(pools(where["instance_type"], models()))
    return {**where, **draw(files()), "instance_pools": others}


realtime_alarms = {
    "server_error_percent": st.none() | percents,
    "model_latency": st.none() | latencies,
    "overhead_latency": st.none() | latencies,
    "latency_percentile": st.none() | st.sampled_from([50, 90, 99, 99.9]),
}


starting = st.fixed_dictionaries(
    {
        "model_data_download_timeout": st.none() | durations(60, 3600),
        "container_startup_health_check_timeout": st.none() | durations(60, 3600),
        "volume_size": st.none() | st.integers(1, 512),
    }
)


@st.composite
def variants(draw: st.DrawFn) -> VariantSpec:
    """Draw a further variant."""
    return VariantSpec(**draw(pooled()), weight=draw(st.integers(0, 9)))


@st.composite
def shadows(draw: st.DrawFn) -> ShadowVariantSpec:
    """Draw what is sent copies of requests."""
    where = {name: value for name, value in draw(pooled()).items() if name != "scaling"}
    return ShadowVariantSpec(**where, weight=draw(st.integers(1, 9)))


@st.composite
def realtime_endpoints(draw: st.DrawFn) -> RealtimeSpec:
    """Draw an endpoint that answers at once."""
    further = draw(
        st.dictionaries(st.from_regex("[A-Za-z][a-z0-9]{6,8}", fullmatch=True), variants(), max_size=2)
    )
    return RealtimeSpec(
        **draw(pooled()),
        **draw(routings),
        **draw(st.fixed_dictionaries(observed)),
        weight=draw(st.integers(1, 9)),
        variants=further,
        shadow_variant=None if further else draw(st.none() | shadows()),
        data_capture=draw(
            st.none()
            | st.builds(
                DataCapture,
                sampling_percent=st.integers(0, 100),
                capture=st.sampled_from([("input",), ("output",), ("input", "output"), ("output", "input")]),
            )
        ),
        warm_up=draw(st.none() | warm_ups(samples)),
        alarms=draw(st.builds(RealtimeAlarms, **realtime_alarms)),
        deployment=draw(
            st.none() | deployments.filter(lambda each: not (further and isinstance(each, RollingDeployment)))
        ),
        tags=draw(tags),
    )


@st.composite
def multi_model_endpoints(draw: st.DrawFn) -> MultiModelSpec:
    """Draw an endpoint of many models."""
    where = draw(placed(models(with_files=False)))
    looks = where["scaling"] is not None and where["instance_type"].startswith("ml.g")
    caches = draw(st.booleans())
    return MultiModelSpec(
        **where,
        gpu_memory_percent=draw(percents) if looks and draw(st.booleans()) else None,
        model_cache_setting="Enabled" if caches else "Disabled",
        model_memory=draw(st.none() | st.integers(1, 10**6)),
        warm_up=draw(st.none() | warm_ups(st.none() | samples)) if caches else None,
        alarms=draw(
            st.builds(
                MultiModelAlarms,
                **realtime_alarms,
                model_loading_wait_time=st.none() | latencies,
                model_cache_hit_percent=st.none() | percents,
            )
        ),
        deployment=draw(st.none() | deployments),
        **draw(st.fixed_dictionaries(observed)),
        tags=draw(tags),
    )
