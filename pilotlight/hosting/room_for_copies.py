"""Which instance has room for a copy, and which copy goes first: pure choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import inf

from pilotlight.hosting.component import Component, Copy, CopyId, CopyPhase, PlacementStrategy, Resources
from pilotlight.hosting.instance import InstanceId


def instance_for(
    component: Component, copies: Sequence[Copy], free: Mapping[InstanceId, Resources]
) -> InstanceId | None:
    """Choose the instance for one more copy; None when it has room on none.

    SPREAD takes the instance with the fewest copies of the component, BINPACK the one with the least room
    left; among equals, the oldest.

    free: what each instance that takes copies has left.
    """
    fitting = [instance for instance, left in free.items() if left.holds(component.needs)]
    if component.strategy is PlacementStrategy.BINPACK:
        return min(fitting, key=lambda one: (*_left(free[one]), one), default=None)
    own = Counter(copy.instance for copy in copies if copy.component == component.name)
    everything = Counter(copy.instance for copy in copies)
    return min(fitting, key=lambda one: (own[one], everything[one], one), default=None)


def empty_instances_for(missing: Iterable[Resources], empty: Resources) -> int:
    """Count the empty instances that hold these copies, each put onto the first that has room for it."""
    opened: list[Resources] = []
    for needs in missing:
        place = next((number for number, left in enumerate(opened) if left.holds(needs)), None)
        if place is None:
            opened.append(empty.without(needs))
        else:
            opened[place] = opened[place].without(needs)
    return len(opened)


def first_to_go(
    component: Component, copies: Sequence[Copy], in_flight: Mapping[CopyId, int]
) -> Sequence[Copy]:
    """Order the copies of a component by who leaves first.

    Those that serve nobody yet, then those of an older generation, then those whose leaving suits the
    strategy: off the instance with the most copies of the component to spread what stays, off the one with
    the fewest copies of all to empty it. Then the idlest, then the newest.
    """
    own = Counter(copy.instance for copy in copies if copy.component == component.name and copy.stays)
    everything = Counter(copy.instance for copy in copies if copy.stays)
    packs = component.strategy is PlacementStrategy.BINPACK

    def rank(copy: Copy) -> tuple[int, ...]:
        crowd = everything[copy.instance] if packs else -own[copy.instance]
        serving = copy.phase is CopyPhase.IN_SERVICE
        return serving, copy.generation, crowd, in_flight.get(copy.id, 0), -copy.id

    staying = (copy for copy in copies if copy.component == component.name and copy.stays)
    return sorted(staying, key=rank)


def _left(resources: Resources) -> tuple[float, ...]:
    parts = (resources.accelerators, resources.memory, resources.cores)
    return tuple(inf if part is None else part for part in parts)
