"""The copies of all components of an endpoint, and what is left of its instances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pilotlight.hosting.component import Component, Copy, CopyId, CopyPhase, Resources
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros


@dataclass(frozen=True, slots=True)
class ComponentPlacement:
    """The state: components, the instances that take copies, and the copies, oldest first.

    Attributes:
        room: what an empty instance has for copies.
        components: in the order in which they were put.
        deleted: those of them that shall go.
        instances: those that take copies, oldest first.
        copies: of all components, in all phases.
        fetched: which instance keeps the files of which component.
        next_id: of the next copy.
        changing: components whose last change is not complete.
        room_wanted: the last `RoomWanted`.
        too_large: components that not even an empty instance holds.
    """

    room: Resources = field(default_factory=Resources)
    components: tuple[Component, ...] = ()
    deleted: frozenset[str] = frozenset()
    instances: tuple[InstanceId, ...] = ()
    copies: tuple[Copy, ...] = ()
    fetched: frozenset[tuple[InstanceId, str]] = frozenset()
    next_id: CopyId = 1
    changing: frozenset[str] = frozenset()
    room_wanted: int = 0
    too_large: frozenset[str] = frozenset()

    @property
    def free(self) -> Mapping[InstanceId, Resources]:
        """What each instance that takes copies has left."""
        left = dict.fromkeys(self.instances, self.room)
        for copy in self.copies:
            if copy.instance in left:
                left[copy.instance] = left[copy.instance].without(copy.needs)
        return left

    @property
    def copies_on(self) -> Mapping[InstanceId, int]:
        """How many copies each instance has: those with none can be released."""
        counts = dict.fromkeys(self.instances, 0)
        for copy in self.copies:
            counts[copy.instance] = counts.get(copy.instance, 0) + 1
        return counts

    def component(self, name: str) -> Component | None:
        """Find a component; None when there is none of this name."""
        return next((one for one in self.components if one.name == name), None)

    def copies_of(self, name: str) -> tuple[Copy, ...]:
        """Give the copies of a component, in all phases, oldest first."""
        return tuple(copy for copy in self.copies if copy.component == name)

    def in_service(self, name: str) -> tuple[CopyId, ...]:
        """Give the copies of a component that take requests, oldest first."""
        return tuple(copy.id for copy in self.copies_of(name) if copy.phase is CopyPhase.IN_SERVICE)

    def find(self, copy: CopyId) -> Copy | None:
        """Find a copy; None when it is gone or never was."""
        return next((one for one in self.copies if one.id == copy), None)

    def with_component(self, component: Component) -> ComponentPlacement:
        """Put a component in the place of the one of its name, or at the end."""
        known = [component if one.name == component.name else one for one in self.components]
        added = () if self.component(component.name) else (component,)
        return replace(self, components=(*known, *added), changing=self.changing | {component.name})

    def in_phase(self, copy: Copy, phase: CopyPhase, now: Micros) -> ComponentPlacement:
        """Move a copy into another phase."""
        moved = replace(copy, phase=phase, since=now)
        return replace(self, copies=tuple(moved if one.id == copy.id else one for one in self.copies))

    def missing(self, component: Component) -> int:
        """Count the copies of the newest generation that are not even placed.

        While copies of an older generation serve, only a batch is replaced at once.
        """
        own = [copy for copy in self.copies_of(component.name) if copy.stays]
        newest = [copy for copy in own if copy.generation == component.generation]
        wanted = component.desired
        if len(newest) < len(own):
            serving = sum(copy.phase is CopyPhase.IN_SERVICE for copy in newest)
            wanted = min(wanted, serving + component.batch)
        return max(0, wanted - len(newest))
