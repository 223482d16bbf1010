"""All state machines of inference components put together on a virtual clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from pilotlight.hosting import component_placement as placement
from pilotlight.hosting import instances, managed_instances
from pilotlight.hosting.micros import MINUTE, Micros
from tests.hosting.placement_play import FOUR_GPUS, component

LATEST = 24 * 60 * MINUTE


@dataclass
class VirtualComponents:
    """One component on instances that SageMaker scales; nothing runs at time 0.

    Containers start, drain and stop as long as it is expected of them.
    """

    now: Micros = 0
    serving: list[tuple[float, int]] = field(default_factory=list)
    """Minute → copies in service since then."""

    running: list[tuple[float, int]] = field(default_factory=list)
    """Minute → instances that exist since then, and are billed."""

    def __post_init__(self) -> None:
        self._queue: list[tuple[Micros, int, Callable[[], None]]] = []
        self._order = count()
        self._fleet = instances.InstanceFleet(timing=placement.EMPTY_INSTANCE)
        self._managed = managed_instances.ManagedInstances(minimum=0, maximum=2, desired=0)
        self._copies = placement.ComponentPlacement(FOUR_GPUS)
        self._place(placement.ComponentPut(component(copies=0)))

    def set_copies(self, number: int, at: Micros) -> None:
        """Let scaling ask for a number of copies."""
        self._later(at, partial(self._place, placement.CopiesSet("writer", number)))

    def run(self) -> None:
        """Let everything happen until nothing waits any more."""
        while self._queue and self._queue[0][0] <= LATEST:
            self.now, _, happen = heappop(self._queue)
            happen()
            self._note()
            self._wait()

    def _later(self, at: Micros, happen: Callable[[], None]) -> None:
        heappush(self._queue, (at, next(self._order), happen))

    def _wait(self) -> None:
        for machine, state, move in (
            (placement, self._copies, self._place),
            (instances, self._fleet, self._host),
            (managed_instances, self._managed, self._manage),
        ):
            deadline = machine.next_deadline(state)
            if deadline is not None:
                self._later(max(deadline, self.now), partial(move, placement.TimePassed()))

    def _place(self, event: Any) -> None:
        self._copies, effects = placement.step(self._copies, event, self.now)
        self._manage(managed_instances.CopiesOn(self._copies.copies_on))
        self._carry_out(effects)

    def _manage(self, event: Any) -> None:
        self._managed, effects = managed_instances.step(self._managed, event, self.now)
        self._carry_out(effects)

    def _host(self, event: Any) -> None:
        self._fleet, effects = instances.step(self._fleet, event, self.now)
        self._carry_out(effects)

    def _carry_out(self, effects: Iterable[Any]) -> None:
        for effect in effects:
            self._of_copies(effect)
            self._of_instances(effect)

    def _of_copies(self, effect: Any) -> None:
        match effect:
            case placement.StartCopy(copy):
                healthy = placement.CopyHealthy(copy)
                self._later(self.now + effect.expected, partial(self._place, healthy))
            case placement.CopyOutOfService(copy, lost=False):
                self._place(placement.CopyDrained(copy))
            case placement.StopCopy(copy):
                self._place(placement.CopyStopped(copy))
            case placement.RoomWanted():
                self._manage(effect)

    def _of_instances(self, effect: Any) -> None:
        match effect:
            case managed_instances.SetInstances(number):
                self._host(instances.DesiredCountSet(number, self._copies.copies_on))
            case instances.StartContainer(instance):
                self._host(instances.ContainerHealthy(instance))
            case instances.InService(instance):
                self._place(placement.InstanceJoined(instance))
            case instances.OutOfService(instance):
                self._place(placement.InstanceLeaving(instance))
                self._host(instances.Drained(instance))
            case instances.TerminateInstance(instance):
                self._place(placement.InstanceLost(instance))
                self._host(instances.Stopped(instance))

    def _note(self) -> None:
        for history, number in (
            (self.serving, len(self._copies.in_service("writer"))),
            (self.running, len(self._fleet.instances)),
        ):
            if not history or history[-1][1] != number:
                history.append((self.now / MINUTE, number))
