"""Tells the story: step after step, with what each one saw."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from .faults.fault import Fault
from .scene import Scene
from .step import Status, Step, Told


class Narrator(Protocol):
    """Is told how the story goes, as it goes."""

    def begins(self, step: Step) -> None:
        """A step begins."""

    def ended(self, told: Told) -> None:
        """A step has ended, or was skipped."""

    def interrupted(self) -> None:
        """Somebody ends the story in the middle of a step; what it started is still to be ended."""


def tell(
    scene: Scene,
    steps: Sequence[Step],
    narrator: Narrator,
    *,
    fault: Fault | None = None,
    keep: Callable[[Sequence[Told]], None] = lambda _: None,
) -> tuple[Told, ...]:
    """Do the steps in order and return how each went.

    After a step has failed only those that always run are still done: nothing may be left behind.

    Args:
        scene: what the steps look at.
        steps: the steps.
        narrator: is told as it goes.
        fault: test only; done to the scene right before its step. Default: none.
        keep: gets what was told so far after every step, so that a killed story leaves its beginning.
    """
    told: list[Told] = []
    for step in steps:
        failed = any(each.status is Status.FAILED for each in told)
        if failed and not step.always:
            told.append(Told(step.name, Status.SKIPPED, 0.0, "an earlier step failed"))
        else:
            narrator.begins(step)
            try:
                told.append(_do(scene, step, fault))
            except KeyboardInterrupt:
                narrator.interrupted()
                raise
        narrator.ended(told[-1])
        keep(told)
    return tuple(told)


def _do(scene: Scene, step: Step, fault: Fault | None) -> Told:
    began = time.monotonic()
    try:
        if fault is not None and fault.before == step.name:
            fault.apply(scene)
        status, saw = Status.OK, step.tell(scene)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what the step saw
        status, saw = Status.FAILED, f"{_kind(error)}{error}"
    return Told(step.name, status, time.monotonic() - began, saw)


def _kind(error: Exception) -> str:
    return "" if type(error).__module__.startswith("pilotlight") else f"{type(error).__name__}: "
