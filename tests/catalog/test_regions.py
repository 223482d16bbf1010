"""Regions: where they are and how their registries end."""

from __future__ import annotations

import pytest

from pilotlight.catalog.regions import partition_of, regions


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [
        ("us-east-1", "aws", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
        ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
    ],
)
def test_a_region_lies_in_a_partition(region: str, partition: str, suffix: str) -> None:
    """ARNs and registries differ by partition."""
    found = partition_of(region)

    assert (partition, suffix) == (found.name, found.dns_suffix)


def test_fails_when_a_region_does_not_exist() -> None:
    """The message lists what there is."""
    with pytest.raises(LookupError, match=r"unknown region, got us-est-1, allowed .*us-east-1"):
        partition_of("us-est-1")


def test_pseudo_regions_are_no_regions() -> None:
    """Nothing is deployed to `aws-global`."""
    assert not [region for region in regions() if "global" in region]
