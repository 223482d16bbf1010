"""Lets Application Auto Scaling look at production variants, and change one thing of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.control_plane.endpoint_description import VariantDescription
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.resource_capacity import Capacity
from pilotlight.local.scaling.scaled_resource import ScaledResource


class ScaledVariant(ABC):
    """The production variants of one control plane, as a `ResourceCapacity`.

    dimension: what of them is counted, in the words of Application Auto Scaling.
    """

    dimension: ClassVar[str]

    def __init__(self, plane: ControlPlane) -> None:
        self._plane = plane

    @abstractmethod
    def counts(self, variant: VariantDescription) -> tuple[int, int] | None:
        """What there is and what there shall be; None when the variant has none of it."""

    @abstractmethod
    def wanted(self, count: int) -> dict[str, Any]:
        """The member of `DesiredWeightsAndCapacities` that asks for another count."""

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The capacity of a variant; None when there is no such variant."""
        try:
            record = self._plane.store.find(resource.names["EndpointName"])
        except ValidationError:
            return None
        now = record.described()
        in_service = now.status == "InService" and not record.deleting
        for each in now.variants:
            counts = self.counts(each) if each.name == resource.names["VariantName"] else None
            if counts is not None:
                return Capacity(*counts, in_service)
        return None

    def change(self, resource: ScaledResource, count: int) -> None:
        """Begin to bring a variant to another capacity."""
        wanted = {"VariantName": resource.names["VariantName"], **self.wanted(count)}
        self._plane.endpoints.update_weights_and_capacities(
            {"EndpointName": resource.names["EndpointName"], "DesiredWeightsAndCapacities": [wanted]}
        )
