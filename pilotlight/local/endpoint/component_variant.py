"""What one variant of an endpoint of inference components has, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pilotlight.hosting.component import CopyTiming
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.random_stream import RandomStream
from pilotlight.local.control_plane.variant_record import VariantRecord
from pilotlight.local.endpoint.component_copies import ComponentCopies, CopiesOwner, CopiesPlace
from pilotlight.local.endpoint.component_requests import ComponentRequests
from pilotlight.local.endpoint.copy_containers import CopyContainers
from pilotlight.local.endpoint.fleet import FleetPlace
from pilotlight.local.endpoint.instance_room import room_of
from pilotlight.local.endpoint.managed_scaling import ManagedScaling
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.routing_strategy import strategy_of


@dataclass(frozen=True, slots=True)
class ComponentPlace:
    """What the components of one endpoint need.

    scale: brings a variant to another number of instances. is_settled: whether a variant has as many as it
    shall have.
    """

    fleets: FleetPlace
    measurements: Measurements
    random: RandomStream
    timing: CopyTiming
    scale: Callable[[str, int], None]
    is_settled: Callable[[str], bool]


@dataclass(slots=True)
class ComponentVariant:
    """The copies on the instances of one variant, and their requests. For the driver's thread.

    scaling: of its instances; None: their number stays. leaving: instances that take no further copy.
    """

    copies: ComponentCopies
    containers: CopyContainers
    requests: ComponentRequests
    scaling: ManagedScaling | None
    leaving: set[InstanceId] = field(default_factory=set)

    @classmethod
    def of(cls, variant: VariantRecord, place: ComponentPlace, owner: CopiesOwner) -> ComponentVariant:
        """Make what a variant has, without any copy. owner: hears of its copies."""
        fleets = place.fleets
        containers = CopyContainers(fleets, variant.name)
        requests = ComponentRequests(
            variant.name,
            containers,
            place.measurements,
            fleets.clock,
            strategy=strategy_of(variant),
            random=place.random,
        )
        room = room_of(variant.instance_type)
        copies = CopiesPlace(variant.name, room, place.timing, containers, requests, owner, fleets.clock)
        return cls(ComponentCopies(copies), containers, requests, scaling_of(variant, place))

    @property
    def next_deadline(self) -> Micros | None:
        """When time has to pass next for it."""
        scaling = None if self.scaling is None else self.scaling.next_deadline
        found = [each for each in (self.copies.next_deadline, scaling) if each is not None]
        return min(found, default=None)


def scaling_of(variant: VariantRecord, place: ComponentPlace) -> ManagedScaling | None:
    """The managed scaling of a variant, which asks for instances after the step that it is in."""

    def scale(count: int) -> None:
        place.fleets.post(lambda: place.scale(variant.name, count))

    return ManagedScaling.of(variant, place.fleets.clock, scale)
