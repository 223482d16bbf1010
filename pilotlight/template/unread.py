"""What of a template could not be read, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pilotlight.spec.refusal import printable, shown

UNSAID: Final = "nothing in a fleet says this"
"""Why a property is left over: the deployment has it, a fleet file cannot."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Somewhere in a template.

    Attributes:
        stack: the name of the stack.
        logical_id: of the resource; empty for the template itself.
        path: of the property, as `ProductionVariants[0].InstanceType`; empty for the resource itself.
    """

    stack: str
    logical_id: str = ""
    path: str = ""

    def at(self, step: str | int) -> Place:
        """Give the place of a key, or of a position in a list."""
        if isinstance(step, int):
            return Place(self.stack, self.logical_id, f"{self.path}[{step}]")
        return Place(self.stack, self.logical_id, f"{self.path}.{step}" if self.path else step)

    def __str__(self) -> str:
        where = ".".join(shown(part) for part in (self.logical_id, self.path) if part)
        return ": ".join(part for part in (self.stack, where) if part)


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """One thing that could not be read."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return printable(f"{self.place}: {self.reason}")


class Notes:
    """Collects what could not be read; the same thing once."""

    def __init__(self) -> None:
        self._unread: dict[Unread, None] = {}

    def note(self, place: Place, reason: str) -> None:
        """Remember that something could not be read."""
        self._unread[Unread(place, reason)] = None

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Everything noted, by place."""
        return tuple(sorted(self._unread))
