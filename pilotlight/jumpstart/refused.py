"""How this package refuses: in the words of a refused fleet."""

from __future__ import annotations

from pathlib import Path

from pilotlight.spec.refusal import FleetRefused, Refusal, shown


class JumpStartRefused(FleetRefused):
    """A model cannot be locked."""

    def __init__(
        self, what: str, *, got: str = "", allowed: str = "", hint: str = "", file: Path | None = None
    ) -> None:
        where = "" if file is None else str(file)
        super().__init__((Refusal(where, None, "", what, shown(got), allowed, hint),))
