"""Constructs against raw resources: both sides make the same, or the ratio would say nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from benchmarks.construct_overhead import ENDPOINTS
from benchmarks.endpoint_apps import ENDPOINTS_PER_STACK, as_raw_resources, synthesized, through_constructs

RESOURCES_OF_A_STACK = 500
"""The most that CloudFormation takes (CloudFormation User Guide, Understand CloudFormation quotas)."""
BYTES_OF_A_TEMPLATE = 1_000_000
"""The largest template that CloudFormation takes from S3 (as above: 1 MB)."""


def _without_ids(template: dict[str, Any]) -> list[Any]:
    """The resources in their order, with each logical id replaced by type and number."""
    names: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for logical_id, resource in template["Resources"].items():
        numbers[resource["Type"]] += 1
        names[logical_id] = f"{resource['Type']} {numbers[resource['Type']]}"

    def renamed(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: renamed(value) for key, value in part.items()}
        if isinstance(part, list):
            return [renamed(item) for item in part]
        return names.get(part, part) if isinstance(part, str) else part

    resources = template["Resources"].items()
    return sorted(((names[logical_id], renamed(resource)) for logical_id, resource in resources), key=str)


def test_both_sides_make_the_same_resources() -> None:
    """Every property of every resource is equal; only the logical ids differ."""
    ours, raw = synthesized(through_constructs, 2), synthesized(as_raw_resources, 2)

    assert _without_ids(raw["Stack0"]) == _without_ids(ours["Stack0"])


def test_stacks_stay_within_the_limits_of_cloudformation() -> None:
    """A stack of the benchmark is full, and far from what CloudFormation refuses."""
    stacks = synthesized(through_constructs, ENDPOINTS_PER_STACK)

    assert ENDPOINTS % ENDPOINTS_PER_STACK == 0
    assert all(len(template["Resources"]) <= RESOURCES_OF_A_STACK for template in stacks.values())
    assert all(len(str(template)) <= BYTES_OF_A_TEMPLATE for template in stacks.values())
