"""Lets Application Auto Scaling look at serverless variants and change their provisioned concurrency."""

from __future__ import annotations

from pilotlight.catalog.scaling import CONCURRENCY_DIMENSION
from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.resource_capacity import Capacity
from pilotlight.local.scaling.scaled_resource import ScaledResource


class ScaledConcurrency:
    """The serverless variants of one control plane, as a `ResourceCapacity`."""

    dimension = CONCURRENCY_DIMENSION

    def __init__(self, plane: ControlPlane) -> None:
        self._plane = plane

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The provisioned concurrency of a variant; None when there is no such serverless variant."""
        try:
            record = self._plane.store.find(resource.names["EndpointName"])
        except ValidationError:
            return None
        now = record.described()
        in_service = now.status == "InService" and not record.deleting
        for each in now.variants:
            if each.name == resource.names["VariantName"] and each.concurrency is not None:
                given = each.concurrency
                current = given.current.provisioned_concurrency
                return Capacity(current, given.desired.provisioned_concurrency, in_service)
        return None

    def change(self, resource: ScaledResource, count: int) -> None:
        """Begin to keep another number of containers warm."""
        wanted = {
            "VariantName": resource.names["VariantName"],
            "ServerlessUpdateConfig": {"ProvisionedConcurrency": count},
        }
        self._plane.endpoints.update_weights_and_capacities(
            {"EndpointName": resource.names["EndpointName"], "DesiredWeightsAndCapacities": [wanted]}
        )
