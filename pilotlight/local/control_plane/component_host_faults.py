"""What SageMaker refuses about variants that host inference components, and about those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotlight.catalog.inference_components import ZERO_INSTANCES_REFUSED

ONLY_COMPONENTS = "ManagedInstanceScaling is only supported for inference component endpoints."
"""hashicorp/terraform-provider-aws#45926: the text of the ValidationException."""

NOT_ZERO = "Min instance count needs to be greater than 0 for enabled managed instance scaling"
"""stdapi-ai/stdapi.ai#43, 2026-08-27: the text of the ValidationException in eu-west-3."""


def hosts_components(variant: Mapping[str, Any]) -> bool:
    """Whether a variant has no model of its own: inference components bring theirs."""
    return "ModelName" not in variant and "ServerlessConfig" not in variant


def component_host_faults(variant: Mapping[str, Any], request: Mapping[str, Any], region: str) -> list[str]:
    """Every fault of one variant on instances in a request of CreateEndpointConfig."""
    if not hosts_components(variant):
        return [ONLY_COMPONENTS] if "ManagedInstanceScaling" in variant else []
    found = [*_of_request(request), *_of_counts(variant)]
    scaling = variant.get("ManagedInstanceScaling", {})
    if scaling.get("Status") == "ENABLED" and scaling.get("MinInstanceCount") == 0:
        found += [NOT_ZERO] if region in ZERO_INSTANCES_REFUSED else []
    return [f"variant {variant['VariantName']}: {fault}" for fault in found]


def _of_request(request: Mapping[str, Any]) -> list[str]:
    found = []
    if "ExecutionRoleArn" not in request:  # stdapi-ai/stdapi.ai#43: refused without
        found.append(
            "ModelName must be specified, or ExecutionRoleArn of an endpoint that hosts inference components"
        )
    if "AsyncInferenceConfig" in request:
        found.append("asynchronous endpoints host no inference components")
    if not all(map(hosts_components, request["ProductionVariants"])):
        found.append("the embedded AWS has no endpoints of components beside variants with a model")
    return found


def _of_counts(variant: Mapping[str, Any]) -> list[str]:
    scaling = variant.get("ManagedInstanceScaling", {})
    lowest, highest = scaling.get("MinInstanceCount", 0), scaling.get("MaxInstanceCount")
    if highest is None:
        return []
    first = variant.get("InitialInstanceCount", lowest)
    if lowest <= first <= highest:
        return []
    return [
        f"InitialInstanceCount must be within {lowest} and {highest} of ManagedInstanceScaling, got {first}"
    ]
