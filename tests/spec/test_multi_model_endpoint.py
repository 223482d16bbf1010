"""What a fleet file may say of an endpoint of many models."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.catalog.instance_types import INSTANCE_TYPES, processor_of
from pilotlight.spec import FleetRefused, InvocationScaling, MultiModelSpec, ScheduledCapacity, build
from pilotlight.spec.memory import format_memory, parse_memory

TRITON = {"framework": "triton", "version": "26.05"}
REQUESTS = InvocationScaling(target_per_instance=225, max_capacity=2)


class _FromFile:
    context = None


def made(**keys: Any) -> MultiModelSpec:
    """An endpoint of many models."""
    return build(MultiModelSpec, "tenants", **{"model": TRITON, "instance_type": "ml.g4dn.xlarge", **keys})


@pytest.mark.parametrize("instance_type", ["ml.m5.large", "ml.g5.16xlarge", "ml.p3.2xlarge"])
def test_it_runs_without_gpu_or_on_one(instance_type: str) -> None:
    """SageMaker Developer Guide, Multi-Model Endpoints."""
    assert instance_type == made(instance_type=instance_type).instance_type


def test_fails_on_types_with_several_gpus_or_other_accelerators() -> None:
    """All of them, whatever the family: none is left out by accident."""
    unfit = [
        name
        for name, each in INSTANCE_TYPES.items()
        if (each.accelerators or 0) > 1 or processor_of(name) in {"neuron", "neuronx", "dl"}
    ]
    image = {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/many:1"}

    assert len(unfit) > 20
    for name in unfit:
        with pytest.raises(FleetRefused, match="cannot host many models"):
            made(model=image, instance_type=name)


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({"model": {**TRITON, "source": "s3://models/one/"}}, "has none of its own"),
        ({"model": {"jumpstart": "huggingface-llm-falcon-7b-bf16"}}, "has none of its own"),
        ({"gpu_memory_percent": 80.0}, "no bounds to scale within"),
        (
            {"gpu_memory_percent": 80.0, "instance_type": "ml.m5.large", "scaling": REQUESTS},
            "no GPU to look at",
        ),
        ({"gpu_memory_percent": 101.0, "scaling": REQUESTS}, "too large"),
        ({"initial_instance_count": 3, "scaling": REQUESTS}, "outside of the capacities"),
        ({"model_cache_setting": "enabled"}, "unknown value"),
        ({"model_memory": 0}, "not an amount of memory"),
    ],
)
def test_fails_when_keys_contradict_each_other(keys: dict[str, Any], what: str) -> None:
    """The refusal says which."""
    with pytest.raises(FleetRefused, match=what):
        made(**keys)


def test_looking_at_memory_means_never_taking_instances_away() -> None:
    """Unless the file says so itself."""
    asked = REQUESTS.model_copy(update={"disable_scale_in": False})

    assert made(scaling=REQUESTS, gpu_memory_percent=80.0).never_scales_in
    assert not made(scaling=REQUESTS).never_scales_in
    assert not made(scaling=asked, gpu_memory_percent=80.0).never_scales_in


def test_capacity_is_that_of_its_one_variant() -> None:
    """Schedules count: they are what an hour may cost."""
    day = ScheduledCapacity(at="cron(0 8 * * ? *)", min_capacity=2, max_capacity=5)
    scaling = REQUESTS.model_copy(update={"schedule": (day,)})

    ((one,), (fixed,)) = (made(scaling=scaling).capacities, made(initial_instance_count=2).capacities)
    assert (1, 1, 5) == (one.initial, one.minimum, one.maximum)
    assert (2, 2, 2) == (fixed.initial, fixed.minimum, fixed.maximum)


@given(st.integers(1, 10**6))
def test_memory_reads_as_it_is_written(mebibytes: int) -> None:
    """Whatever the unit."""
    given_here: Any = _FromFile()

    assert mebibytes == parse_memory(format_memory(mebibytes), given_here)
