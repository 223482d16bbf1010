"""Drives the managed instance scaling of a variant: what hosting decides, this asks the endpoint for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pilotlight.hosting import managed_instances
from pilotlight.hosting.component_events import RoomWanted
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.managed_instances import CopiesOn, InstancesEvent, ManagedInstances, ScaleIn
from pilotlight.hosting.micros import MINUTE, Micros
from pilotlight.hosting.time_passed import TimePassed
from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.variant_record import VariantRecord


class ManagedScaling:
    """Asks for instances when copies want room, and lets those go that have none. For the driver's thread.

    scale: brings the variant to another number of instances.
    """

    def __init__(self, state: ManagedInstances, clock: ScaledClock, scale: Callable[[int], None]) -> None:
        self._state, self._clock, self._scale = state, clock, scale

    @classmethod
    def of(
        cls, variant: VariantRecord, clock: ScaledClock, scale: Callable[[int], None]
    ) -> ManagedScaling | None:
        """The scaling that a variant is configured for; None: its instances stay as they are."""
        state = managed_instances_of(variant)
        return None if state is None else cls(state, clock, scale)

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        return managed_instances.next_deadline(self._state)

    @property
    def may_grow(self) -> bool:
        """Whether more instances are allowed."""
        return self._state.desired < self._state.maximum

    def look(self, room_wanted: int, copies_on: Mapping[InstanceId, int]) -> None:
        """Take in how the copies are placed now."""
        self._step(CopiesOn(copies_on))
        self._step(RoomWanted(room_wanted))

    def counted(self, desired: int) -> None:
        """Somebody else set the number of instances."""
        self._state = replace(self._state, desired=desired)

    def pass_time(self) -> None:
        """Let instances go that have had no copy for long."""
        self._step(TimePassed())

    def _step(self, event: InstancesEvent) -> None:
        self._state, effects = managed_instances.step(self._state, event, self._clock.now())
        for effect in effects:
            self._scale(effect.count)


def managed_instances_of(variant: VariantRecord) -> ManagedInstances | None:
    """`ManagedInstanceScaling` as hosting runs it; bounds that are left out are the first count (assumed)."""
    given = variant.properties.get("ManagedInstanceScaling", {})
    if given.get("Status") != "ENABLED":
        return None
    first = variant.initial_instance_count
    scale_in = given.get("ScaleInPolicy", {})
    default = ManagedInstances(0, 1, 1)
    cooldown = scale_in.get("CooldownInMinutes")
    return ManagedInstances(
        minimum=given.get("MinInstanceCount", first),
        maximum=given.get("MaxInstanceCount", first),
        desired=first,
        strategy=ScaleIn(scale_in.get("Strategy", ScaleIn.IDLE_RELEASE)),
        cooldown=default.cooldown if cooldown is None else cooldown * MINUTE,
        step=scale_in.get("MaximumStepSize", default.step),
    )
