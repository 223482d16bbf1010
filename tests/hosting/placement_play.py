"""Plays events on the copies of inference components, and carries out what they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pilotlight.hosting.component_placement import (
    Component,
    ComponentPlacement,
    ComponentPut,
    CopyDrained,
    CopyHealthy,
    CopyOutOfService,
    CopyPhase,
    CopyStopped,
    InstanceJoined,
    PlacementEffect,
    PlacementEvent,
    PlacementStrategy,
    Resources,
    StartCopy,
    StopCopy,
    TimePassed,
    next_deadline,
    step,
)
from pilotlight.hosting.micros import Micros

FOUR_GPUS = Resources(cores=48, accelerators=4, memory=64_000)
ONE_GPU = Resources(accelerators=1, memory=8_000)


def component(name: str = "writer", copies: int = 1, **said: Any) -> Component:
    """A component whose copies take one of four GPUs each, unless it is said otherwise."""
    return Component(name, desired=copies, **{"needs": ONE_GPU, **said})


def placement(*components: Component, instances: int = 1) -> ComponentPlacement:
    """Components on so many instances, nothing of them started yet."""
    state = ComponentPlacement(FOUR_GPUS)
    for number in range(1, instances + 1):
        state, _ = step(state, InstanceJoined(number), 0)
    for each in components:
        state, _ = step(state, ComponentPut(each), 0)
    return state


def serving(*components: Component, instances: int = 1) -> ComponentPlacement:
    """The same, with all copies in service."""
    return settled(placement(*components, instances=instances))[0]


def settled(
    state: ComponentPlacement, effects: Iterable[PlacementEffect] = (), now: Micros = 0
) -> tuple[ComponentPlacement, list[PlacementEffect]]:
    """Carry out effects until nothing moves: containers start, drain and stop as they should."""
    seen: list[PlacementEffect] = list(effects)
    open_effects = list(seen)
    while open_effects or (deadline := next_deadline(state)) is not None:
        now = now if open_effects else max(now, deadline or now)
        answer = answer_to(open_effects.pop(0)) if open_effects else TimePassed()
        if answer is not None:
            state, more = step(state, answer, now)
            seen += more
            open_effects += more
    return state, seen


def answer_to(effect: PlacementEffect) -> PlacementEvent | None:
    """What a driver reports once it has done what an effect says."""
    match effect:
        case StartCopy(copy):
            return CopyHealthy(copy)
        case CopyOutOfService(copy, lost=False):
            return CopyDrained(copy)
        case StopCopy(copy):
            return CopyStopped(copy)
        case _:
            return None


def where(state: ComponentPlacement, name: str = "writer") -> dict[int, int]:
    """How many copies of a component serve on each instance."""
    counts: dict[int, int] = {}
    for copy in state.copies_of(name):
        if copy.phase is CopyPhase.IN_SERVICE:
            counts[copy.instance] = counts.get(copy.instance, 0) + 1
    return counts


PACKED = PlacementStrategy.BINPACK
