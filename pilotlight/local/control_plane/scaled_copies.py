"""Lets Application Auto Scaling look at inference components and change how many copies they have."""

from __future__ import annotations

from pilotlight.catalog.scaling import COPY_DIMENSION
from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.resource_capacity import Capacity
from pilotlight.local.scaling.scaled_resource import ScaledResource


class ScaledCopies:
    """The inference components of one control plane, as a `ResourceCapacity`."""

    dimension = COPY_DIMENSION

    def __init__(self, plane: ControlPlane) -> None:
        self._plane = plane

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The copies of a component; None when there is no such component."""
        try:
            record = self._plane.components.find(resource.names["InferenceComponentName"])
        except ValidationError:
            return None
        now = record.described
        if now is None:
            return None
        return Capacity(now.current_copies, now.desired_copies, record.status == "InService")

    def change(self, resource: ScaledResource, count: int) -> None:
        """Begin to bring a component to another number of copies."""
        self._plane.components.update_runtime_config(
            {
                "InferenceComponentName": resource.names["InferenceComponentName"],
                "DesiredRuntimeConfig": {"CopyCount": count},
            }
        )
