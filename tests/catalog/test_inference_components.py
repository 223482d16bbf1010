"""Inference components: what AWS's own service model says of them, and what was seen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.loaders import Loader

from pilotlight.catalog import inference_components as catalog
from pilotlight.catalog import naming
from pilotlight.catalog.evidence import Evidence
from pilotlight.catalog.instance_types import INSTANCE_TYPES, memory_mib
from pilotlight.catalog.limits import INT32_MAXIMUM, Limit
from pilotlight.catalog.schedulable import (
    SCHEDULABLE_SHARE_SOURCE,
    schedulable_memory_mib,
)


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    """The shapes of SageMaker in the installed botocore."""
    model: dict[str, Any] = Loader().load_service_model("sagemaker", "service-2")
    found: dict[str, Any] = model["shapes"]
    return found


@pytest.mark.parametrize(
    ("limit", "shape", "unit"),
    [
        (catalog.ACCELERATORS, "NumberOfAcceleratorDevices", 1),
        (catalog.MEMORY_MIB, "MemoryInMb", 1),
        (catalog.MAX_IMBALANCE, "AvailabilityZoneBalanceMaxImbalance", 1),
        (catalog.MIN_INSTANCE_COUNT, "ManagedInstanceScalingMinInstanceCount", 1),
        (catalog.MAX_INSTANCE_COUNT, "ManagedInstanceScalingMaxInstanceCount", 1),
        (catalog.SCALE_IN_COOLDOWN, "ManagedInstanceScalingCooldownInMinutes", 60),
        (catalog.MAXIMUM_STEP_SIZE, "ManagedInstanceScalingMaximumStepSize", 1),
    ],
    ids=lambda value: value.name if isinstance(value, Limit) else "",
)
def test_a_limit_is_what_the_service_model_says(
    shapes: dict[str, Any], limit: Limit, shape: str, unit: int
) -> None:
    """Minutes become seconds; what has no maximum is bounded by its type."""
    highest = shapes[shape].get("max")

    assert shapes[shape]["min"] * unit == limit.minimum
    assert (INT32_MAXIMUM if highest is None else highest * unit) == limit.maximum


def test_the_name_of_a_component_is_as_long_as_the_service_model_says(shapes: dict[str, Any]) -> None:
    """And made of the same characters."""
    assert shapes["InferenceComponentName"]["max"] == catalog.NAME.maximum
    assert shapes["InferenceComponentName"]["pattern"] == naming.COMPONENT_NAME_PATTERN.replace(
        "[-a-zA-Z0-9]*", r"[\-a-zA-Z0-9]*"
    )
    assert re.fullmatch(naming.COMPONENT_NAME_PATTERN, naming.component_name("lab-llms", "writer"))


def test_the_fewest_cores_are_those_of_the_service_model(shapes: dict[str, Any]) -> None:
    """A quarter of one."""
    assert shapes["NumberOfCpuCores"]["min"] == catalog.MINIMUM_CORES


def test_variables_are_limited_by_the_text_and_not_by_the_shape(shapes: dict[str, Any]) -> None:
    """The text says 16, and CloudFormation refuses more."""
    text = shapes["InferenceComponentContainerSpecification"]["members"]["Environment"]["documentation"]

    assert f"up to {catalog.ENVIRONMENT_ENTRIES.maximum} entries" in text


def test_a_region_that_refused_zero_instances_is_named() -> None:
    """A notice with its source, not a refusal: regions change."""
    refused = str(catalog.zero_instances_notice("eu-west-3"))

    assert "was refused in eu-west-3" in refused
    assert catalog.FIRST_MEASURED.text in refused
    assert "has not been reported in eu-central-1" in str(catalog.zero_instances_notice("eu-central-1"))
    assert catalog.zero_instances_notice("us-east-1") is None


def test_less_than_an_instance_has_can_be_reserved() -> None:
    """Of every type whose memory is known, and of no other; the share is marked as a guess."""
    known = {name: memory for name in INSTANCE_TYPES if (memory := memory_mib(name)) is not None}
    reserved = {name: share for name in INSTANCE_TYPES if (share := schedulable_memory_mib(name)) is not None}

    assert known.keys() == reserved.keys()
    assert {} == {
        name: share
        for name, share in reserved.items()
        if not catalog.DEFAULT_MEMORY_MIB <= share < known[name]
    }
    assert Evidence.ASSUMED is SCHEDULABLE_SHARE_SOURCE.evidence
