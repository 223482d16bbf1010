"""Runs an operation of the control plane as CloudFormation does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.json_service import checked, input_shape
from pilotlight.local.emulator.resource_type import Properties, ResourceFailed
from pilotlight.local.emulator.shape_convert import converted

ControlPlanes = Callable[[str], ControlPlane]
"""Gives the control plane of a region."""


def run_for_stack(planes: ControlPlanes, region: str, operation: str, given: Properties) -> Mapping[str, Any]:
    """Check the properties as an API request, and run it. Raises ResourceFailed in the service's words."""
    try:
        request = checked("sagemaker", operation, converted(input_shape("sagemaker", operation), given))
        return planes(region).operations()[operation](request) or {}
    except ApiError as error:
        msg = f"{error.message} (Service: SageMaker, Status Code: {error.status}, Error Code: {error.code})"
        raise ResourceFailed(msg) from error
