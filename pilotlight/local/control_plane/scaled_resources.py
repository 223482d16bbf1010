"""Everything of a control plane that Application Auto Scaling can scale, by what it counts."""

from __future__ import annotations

from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.control_plane.scaled_concurrency import ScaledConcurrency
from pilotlight.local.control_plane.scaled_copies import ScaledCopies
from pilotlight.local.control_plane.scaled_instances import ScaledInstances
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.resource_capacity import Capacity, ResourceCapacity
from pilotlight.local.scaling.scaled_resource import ScaledResource


class ScaledResources:
    """The variants and components of one control plane, as a `ResourceCapacity`."""

    def __init__(self, plane: ControlPlane) -> None:
        self._by_dimension: dict[str, ResourceCapacity] = {
            each.dimension: each(plane) for each in (ScaledInstances, ScaledConcurrency, ScaledCopies)
        }

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The capacity of a resource; None when there is no such resource."""
        known = self._by_dimension.get(resource.dimension)
        return None if known is None else known.look(resource)

    def change(self, resource: ScaledResource, count: int) -> None:
        """Begin to bring a resource to another capacity."""
        known = self._by_dimension.get(resource.dimension)
        if known is None:
            msg = f"the embedded AWS does not scale by {resource.dimension}"
            raise ValidationError(msg)
        known.change(resource, count)
