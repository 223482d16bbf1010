"""What a refused fleet is told: where, what, got, allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST: Final = 60
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One fault of a fleet.

    Attributes:
        file: as it was named; empty when the fleet does not come from a file.
        line: in the file; None when there is none to point to.
        path: to the key, as `endpoints.ticket-intent.instance_type`.
        what: is wrong.
        got: was found.
        allowed: would have been fine.
        hint: helps to get there.
    """

    file: str
    line: int | None
    path: str
    what: str
    got: str = ""
    allowed: str = ""
    hint: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(part for part in (where, self.path, self.what) if part)
        text += f", got {self.got}" if self.got else ""
        text += f", allowed {self.allowed}" if self.allowed else ""
        return printable(text + (f" ({self.hint})" if self.hint else ""))


class FleetRefused(ValueError):  # noqa: N818 (its name says what happened)
    """A fleet cannot be used; carries every fault, not only the first."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("\n".join(str(refusal) for refusal in refusals))
        self.refusals = refusals


def printable(text: str) -> str:
    """Write control characters as Python does, so that none reaches the terminal."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def shown(text: str) -> str:
    """Shorten a value so that it fits on a line, and keep its control characters out of the terminal."""
    line = printable(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
