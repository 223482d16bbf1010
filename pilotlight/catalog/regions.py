"""Knows AWS's regions, their partitions and the DNS suffixes of those."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Partition:
    """A part of AWS with its own accounts: `aws`, `aws-cn`, `aws-us-gov` …"""

    name: str
    dns_suffix: str
    regions: frozenset[str]


def regions() -> tuple[str, ...]:
    """List the regions of all partitions by name."""
    return tuple(sorted(region for partition in _partitions() for region in partition.regions))


def dns_suffixes() -> tuple[str, ...]:
    """List the DNS suffixes of all partitions, each once."""
    return tuple(dict.fromkeys(partition.dns_suffix for partition in _partitions()))


def partition_of(region: str) -> Partition:
    """Find the partition of a region. Raises LookupError when AWS has no such region."""
    for partition in _partitions():
        if region in partition.regions:
            return partition
    raise LookupError(f"unknown region, got {region}, allowed {', '.join(regions())}")


@cache
def _partitions() -> tuple[Partition, ...]:
    text = files("pilotlight.catalog").joinpath("data/regions.json").read_text(encoding="utf-8")
    entries = {name: entry for name, entry in json.loads(text).items() if isinstance(entry, dict)}
    return tuple(
        Partition(name, entry["dns_suffix"], frozenset(entry["regions"])) for name, entry in entries.items()
    )
