"""A fault that knows the path to its key, but not yet the line."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.spec.fleet_file import placed
from pilotlight.spec.located import Located
from pilotlight.spec.path import Path, dotted
from pilotlight.spec.refusal import Refusal, shown


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule over several keys finds; see Refusal for the fields."""

    path: Path
    what: str
    got: str = ""
    allowed: str = ""
    hint: str = ""

    def refusal(self, document: Located) -> Refusal:
        """Point to the line of the key, or of what is closest above it; the file is still to be filled in."""
        line, _ = placed(document, self.path)
        return Refusal("", line, dotted(self.path), self.what, shown(self.got), self.allowed, self.hint)
