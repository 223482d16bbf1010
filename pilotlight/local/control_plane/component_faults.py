"""What SageMaker refuses about inference components beyond the shape of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotlight.catalog.inference_components import COPIES, ENVIRONMENT_ENTRIES

NO_COPIES = "Inference components copy count an integer larger than 0"
"""stdapi-ai/stdapi.ai#43, 2026-08-27: the text of the ValidationException at creation."""


def component_faults(request: Mapping[str, Any]) -> list[str]:
    """Every fault of a request of CreateInferenceComponent or UpdateInferenceComponent (botocore)."""
    found = []
    if "Specification" in request and "Specifications" in request:
        found.append("Specification and Specifications cannot both be specified")
    for each in specifications(request):
        found += _specification_faults(each)
    return found


def creation_faults(request: Mapping[str, Any]) -> list[str]:
    """Every fault of a request of CreateInferenceComponent."""
    found = [] if specifications(request) else ["one of Specification and Specifications must be specified"]
    count = request.get("RuntimeConfig", {}).get("CopyCount")
    if count is not None and not COPIES.allows(count):
        found.append(NO_COPIES)
    return [*found, *component_faults(request)]


def specifications(request: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """All specifications of a request, in either form."""
    single = [request["Specification"]] if "Specification" in request else []
    return [*single, *request.get("Specifications", ())]


def specification_members(request: Mapping[str, Any]) -> dict[str, Any]:
    """What a request says of specifications, in the form that it chose."""
    return {key: request[key] for key in ("Specification", "Specifications") if key in request}


def _specification_faults(given: Mapping[str, Any]) -> list[str]:
    container = given.get("Container", {})
    if "BaseInferenceComponentName" in given:
        return _adapter_faults(given)
    found = []
    if ("ModelName" in given) == ("Image" in container):
        found.append("a specification must have either ModelName or a Container with an Image")
    requirements = given.get("ComputeResourceRequirements")
    if requirements is None:
        found.append("ComputeResourceRequirements must be specified")
    elif (
        requirements.get("MaxMemoryRequiredInMb", requirements["MinMemoryRequiredInMb"])
        < requirements["MinMemoryRequiredInMb"]
    ):
        found.append("MaxMemoryRequiredInMb must not be less than MinMemoryRequiredInMb")
    entries = len(container.get("Environment", {}))
    if not ENVIRONMENT_ENTRIES.allows(entries):
        found.append(f"Environment must have {ENVIRONMENT_ENTRIES}, got {entries}")
    return found


def _adapter_faults(given: Mapping[str, Any]) -> list[str]:
    found = []
    if "ComputeResourceRequirements" in given:
        found.append(
            "an adapter uses the resources of its base: ComputeResourceRequirements must be left out"
        )
    if "ArtifactUrl" not in given.get("Container", {}):
        found.append("an adapter must have a Container with an ArtifactUrl")
    return found
