"""Instance types: all that SageMaker hosts on, and what is known of them."""

from __future__ import annotations

import pytest
from botocore.loaders import Loader

from pilotlight.catalog.instance_types import (
    INSTANCE_TYPES,
    LOCAL_NVME_ASSUMED,
    LOCAL_NVME_FAMILIES,
    family_of,
    has_local_nvme,
    processor_of,
)


def test_the_names_are_those_of_the_service_model() -> None:
    """SageMaker's own list of hosting types is the list."""
    shapes = Loader().load_service_model("sagemaker", "service-2")["shapes"]

    assert set(shapes["ProductionVariantInstanceType"]["enum"]) == set(INSTANCE_TYPES)


def test_a_known_type_has_its_sizes() -> None:
    """Sizes come from a published table."""
    g5 = INSTANCE_TYPES["ml.g5.12xlarge"]

    assert (48, 192, 4, True) == (g5.vcpus, g5.memory_gib, g5.accelerators, g5.local_nvme)


def test_an_unknown_size_is_none_and_not_zero() -> None:
    """Nothing is guessed: `inf2` is in none of our sources."""
    assert INSTANCE_TYPES["ml.inf2.xlarge"].vcpus is None
    assert INSTANCE_TYPES["ml.inf2.xlarge"].accelerators is None


def test_processors_without_accelerator_have_none() -> None:
    """Families of plain processors have zero accelerators, which is known."""
    assert 0 == INSTANCE_TYPES["ml.t2.medium"].accelerators


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ml.m5.large", False),
        ("ml.m5d.large", True),
        ("ml.r7gd.xlarge", True),
        ("ml.c6gn.xlarge", False),
        ("ml.g4dn.xlarge", True),
        ("ml.g5.xlarge", True),
        ("ml.g6e.xlarge", True),
        ("ml.p3.2xlarge", False),
        ("ml.p4de.24xlarge", True),
        ("ml.p5.48xlarge", True),
        ("ml.inf2.xlarge", False),
        ("ml.dl1.24xlarge", True),
    ],
)
def test_local_disks_are_told_by_the_family(name: str, expected: bool) -> None:
    """A `d` after the generation means NVMe disks; some families have them without saying so."""
    assert expected is has_local_nvme(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ml.m5.large", "cpu"),
        ("ml.c6in.large", "cpu"),
        ("ml.g4dn.xlarge", "gpu"),
        ("ml.p6-b200.48xlarge", "gpu"),
        ("ml.c7g.large", "arm64"),
        ("ml.r8g.medium", "arm64"),
        ("ml.m6gd.large", "arm64"),
        ("ml.inf1.xlarge", "neuron"),
        ("ml.inf2.xlarge", "neuronx"),
        ("ml.trn1n.32xlarge", "neuronx"),
        ("ml.dl1.24xlarge", "dl"),
    ],
)
def test_processors_are_told_by_the_family(name: str, expected: str) -> None:
    """Images are built for processors, and the family says which."""
    assert expected == processor_of(name)


def test_families_with_unsaid_disks_exist() -> None:
    """A family with a typo would never match an instance type."""
    assert {family_of(name) for name in INSTANCE_TYPES} >= LOCAL_NVME_FAMILIES | LOCAL_NVME_ASSUMED
