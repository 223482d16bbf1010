"""Draws what may be said about the instances of a variant, and about what an endpoint leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import InstancePoolSpec, MetricsConfig, ModelSpec
from tests.spec.valid_parts import durations

OTHER_TYPES = {
    "ml.m5.large": ("ml.m5d.large", "ml.m6i.large", "ml.m7i.large"),
    "ml.m5d.large": ("ml.m5.large", "ml.m6i.large", "ml.m7i.large"),
    "ml.c5.xlarge": ("ml.c5d.xlarge", "ml.c6i.xlarge", "ml.c7i.xlarge"),
    "ml.c5.9xlarge": ("ml.c5d.9xlarge",),
    "ml.g4dn.xlarge": ("ml.g5.xlarge", "ml.p3.2xlarge"),
}
"""Instance type → types that have the same processors."""

RESERVATION = "arn:aws:sagemaker:us-east-1:123456789012:ml-reservation/one"

observed: dict[str, st.SearchStrategy[Any]] = {
    "metrics_config": st.none()
    | st.builds(
        MetricsConfig,
        enhanced_metrics=st.booleans(),
        detailed_observability=st.booleans(),
        publish_frequency=st.sampled_from([10, 30, 60, 120, 180, 240, 300]).map(
            lambda seconds: timedelta(seconds=seconds)
        ),
    ),
    "core_dumps": st.booleans(),
}


@st.composite
def instances(draw: st.DrawFn, instance_type: str) -> dict[str, Any]:
    """Draw options of instances of a type."""
    has_gpu = instance_type.startswith("ml.g")
    amis = st.sampled_from(["al2-ami-sagemaker-inference-gpu-2", "al2023-ami-sagemaker-inference-gpu-4-1"])
    return {
        "inference_ami_version": draw(st.none() | amis) if has_gpu else None,
        "capacity_reservation_arn": draw(st.none() | st.just(RESERVATION)),
        "variant_instance_provision_timeout": draw(st.none() | durations(300, 3600)),
        "container_startup_health_check_timeout": draw(st.none() | durations(60, 3600)),
        "volume_size": draw(st.none() | st.integers(1, 512)),
    }


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what is said about an artefact that is fetched before the container starts."""
    return {
        "model_data_download_timeout": draw(st.none() | durations(60, 3600)),
        "model_size": draw(st.none() | st.integers(1, 512)),
    }


@st.composite
def pools(
    draw: st.DrawFn, instance_type: str, models: st.SearchStrategy[ModelSpec]
) -> tuple[InstancePoolSpec, ...]:
    """Draw types to fall back to, some with a model of their own."""
    types = draw(st.lists(st.sampled_from(OTHER_TYPES[instance_type]), unique=True, max_size=2))
    on_any = models.filter(lambda model: model.framework is None or instance_type.startswith("ml.m"))
    return tuple(
        InstancePoolSpec(instance_type=name, priority=number, model=draw(st.none() | on_any))
        for number, name in enumerate(types, 2)
    )
