"""The network of a fleet: its own, or one that exists already."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.spec import FleetRefused, NetworkSpec, build

VPC, SUBNET, GROUP = "vpc-0a1b2c3d", "subnet-0a1b2c3d4e5f60718", "sg-0a1b2c3d"


@pytest.mark.parametrize(
    "said",
    [
        {"create": True},
        {"vpc_id": VPC, "subnet_ids": [SUBNET]},
        {"vpc_id": VPC, "subnet_ids": [SUBNET], "security_group_ids": [GROUP]},
    ],
)
def test_a_network_is_created_or_named(said: dict[str, Any]) -> None:
    """Either way it is complete."""
    assert said == {**build(NetworkSpec, **said).model_dump(exclude_defaults=True)} | {
        key: value for key, value in said.items() if isinstance(value, list)
    }


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({}, ""),
        ({"create": True, "vpc_id": VPC, "subnet_ids": [SUBNET]}, "vpc_id"),
        ({"vpc_id": VPC}, "subnet_ids"),
        ({"vpc_id": VPC, "subnet_ids": [SUBNET] * 17}, "subnet_ids"),
        ({"vpc_id": VPC, "subnet_ids": ["private"]}, "subnet_ids[0]"),
        ({"vpc_id": VPC, "subnet_ids": [SUBNET], "security_group_ids": [GROUP] * 6}, "security_group_ids"),
        ({"create": True, "subnet_ids": [SUBNET]}, "subnet_ids"),
    ],
)
def test_fails_when_it_is_neither_or_incomplete(said: dict[str, Any], path: str) -> None:
    """Sixteen subnets and five security groups at most (CreateModel)."""
    with pytest.raises(FleetRefused) as error:
        build(NetworkSpec, **said)

    assert path in [each.path for each in error.value.refusals]
