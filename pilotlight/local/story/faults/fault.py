"""What a fault of the story is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pilotlight.local.story.scene import Scene


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is done to the scene right before a step, so that a step fails.

    Attributes:
        name: how it is chosen.
        before: the step it is done before.
        breaks_later: the step that then fails, when that is a later one.
        apply: does it.
    """

    name: str
    before: str
    breaks_later: str
    apply: Callable[[Scene], None]

    @property
    def breaks(self) -> str:
        """The step that fails."""
        return self.breaks_later if self.breaks_later else self.before
