"""What SageMaker refuses about production variants beyond the shape of the request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

_NOT_EMBEDDED = {
    "ServerlessConfig": "serverless variants",
    "InstancePools": "instance pools",
    "ManagedInstanceScaling": "managed instance scaling",
}


def variant_faults(request: Mapping[str, Any]) -> list[str]:
    """Every fault, in one pass (botocore, CreateEndpointConfig), and what the embedded AWS does not have."""
    variants = request["ProductionVariants"]
    counts = Counter(each["VariantName"] for each in variants)
    found = [
        f"variant names must be unique, got {name} {count} times"
        for name, count in counts.items()
        if count > 1
    ]
    for variant in variants:
        found += _variant_faults(variant)
    if "ShadowProductionVariants" in request:
        found.append("the embedded AWS has no shadow variants")
    return found


def _variant_faults(variant: Mapping[str, Any]) -> list[str]:
    name = variant["VariantName"]
    found = [
        f"variant {name}: the embedded AWS has no {what}"
        for key, what in _NOT_EMBEDDED.items()
        if key in variant
    ]
    if found:
        return found
    needed = ("ModelName", "InstanceType", "InitialInstanceCount")
    return [f"variant {name}: {member} must be specified" for member in needed if member not in variant]
