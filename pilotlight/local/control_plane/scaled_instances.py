"""Lets Application Auto Scaling look at production variants and change how many instances they have."""

from __future__ import annotations

from pilotlight.catalog.scaling import SCALABLE_DIMENSION
from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.resource_capacity import Capacity
from pilotlight.local.scaling.scaled_resource import ScaledResource


class ScaledInstances:
    """The instances of the production variants of one control plane, as a `ResourceCapacity`."""

    dimension = SCALABLE_DIMENSION

    def __init__(self, plane: ControlPlane) -> None:
        self._plane = plane

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The instances of a variant; None when there is no such variant."""
        try:
            record = self._plane.store.find(resource.names["EndpointName"])
        except ValidationError:
            return None
        now = record.described()
        in_service = now.status == "InService" and not record.deleting
        for each in now.variants:
            if each.name == resource.names["VariantName"]:
                return Capacity(each.current_instance_count, each.desired_instance_count, in_service)
        return None

    def change(self, resource: ScaledResource, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        wanted = [{"VariantName": resource.names["VariantName"], "DesiredInstanceCount": count}]
        self._plane.endpoints.update_weights_and_capacities(
            {"EndpointName": resource.names["EndpointName"], "DesiredWeightsAndCapacities": wanted}
        )
