"""What SageMaker refuses about production variants beyond the shape of the request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pilotlight.local.control_plane.component_host_faults import component_host_faults
from pilotlight.local.control_plane.copy_faults import copy_faults
from pilotlight.local.control_plane.instance_pools import on_first_pool
from pilotlight.local.control_plane.serverless_faults import serverless_faults


def variant_faults(request: Mapping[str, Any], region: str) -> list[str]:
    """Every fault, in one pass (botocore, CreateEndpointConfig), and what the embedded AWS does not have."""
    variants = [*request["ProductionVariants"], *request.get("ShadowProductionVariants", ())]
    counts = Counter(each["VariantName"] for each in variants)
    found = [
        f"variant names must be unique, got {name} {count} times"
        for name, count in counts.items()
        if count > 1
    ]
    for variant in variants:
        found += _variant_faults(variant, request, region)
    return [*found, *copy_faults(request)]


def _variant_faults(variant: Mapping[str, Any], request: Mapping[str, Any], region: str) -> list[str]:
    if "ServerlessConfig" in variant:
        return serverless_faults(variant, request)
    name = variant["VariantName"]
    needed = ("InstanceType", "InitialInstanceCount")
    chosen = on_first_pool(variant)
    missing = [f"variant {name}: {member} must be specified" for member in needed if member not in chosen]
    return [*missing, *component_host_faults(variant, request, region)]
