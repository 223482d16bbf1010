"""A fleet and the places of the file it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.jumpstart_lock import JumpStartLock
from pilotlight.spec.located import Located
from pilotlight.spec.path import Path, undotted
from pilotlight.spec.refusal import Refusal


@dataclass(frozen=True, slots=True)
class FleetFile:
    """What a fleet file says in one stage.

    Attributes:
        file: as it was named.
        fleet: what it says.
        document: where it says it.
        lock: the JumpStart models locked beside it; None when it has none.
    """

    file: str
    fleet: FleetSpec
    document: Located
    lock: JumpStartLock | None = None

    def placed(self, refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
        """Fill in the file and the lines of refusals that only know their path."""
        return tuple(
            replace(refusal, file=self.file, line=placed(self.document, undotted(refusal.path))[0])
            for refusal in refusals
        )


def placed(document: Located, path: Path) -> tuple[int, str | None]:
    """Give the line of a path, or of what is closest above it, and the stage whose overlay says it."""
    *_, closest = document.along(path)
    return closest.line, closest.stage
