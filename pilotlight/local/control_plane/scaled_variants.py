"""Lets Application Auto Scaling look at production variants and change their capacity."""

from __future__ import annotations

from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.variant_capacity import Capacity


class ScaledVariants:
    """The production variants of one control plane, as a `VariantCapacity`."""

    def __init__(self, plane: ControlPlane) -> None:
        self._plane = plane

    def look(self, endpoint: str, variant: str) -> Capacity | None:
        """The capacity of a variant; None when there is no such variant."""
        try:
            record = self._plane.store.find(endpoint)
        except ValidationError:
            return None
        now = record.described()
        in_service = now.status == "InService" and not record.deleting
        for each in now.variants:
            if each.name == variant:
                return Capacity(each.current_instance_count, each.desired_instance_count, in_service)
        return None

    def change(self, endpoint: str, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        wanted = [{"VariantName": variant, "DesiredInstanceCount": count}]
        self._plane.endpoints.update_weights_and_capacities(
            {"EndpointName": endpoint, "DesiredWeightsAndCapacities": wanted}
        )
