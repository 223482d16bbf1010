"""A piece of a fleet file that knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

Mapping = dict[str, "Located"]


class _Faulty:
    """Stands where a value could not be read, so that its own fault is the only one reported there."""

    def __repr__(self) -> str:
        return "faulty"


FAULTY: Final = _Faulty()


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a fleet file.

    Attributes:
        value: a mapping or a list of further pieces, or a scalar.
        line: of the key, or of the item in a list.
        text: a scalar as the file writes it.
        stage: the stage whose overlay says it; None for the base.
    """

    value: Any
    line: int
    text: str = ""
    stage: str | None = None

    def plain(self) -> Any:
        """Give the value without the places."""
        if isinstance(self.value, dict):
            return {key: piece.plain() for key, piece in self.value.items()}
        if isinstance(self.value, list):
            return [piece.plain() for piece in self.value]
        return self.value

    def of_stage(self, stage: str) -> Located:
        """Mark everything in it as said by the overlay of a stage."""
        value = self.value
        if isinstance(value, dict):
            value = {key: piece.of_stage(stage) for key, piece in value.items()}
        elif isinstance(value, list):
            value = [piece.of_stage(stage) for piece in value]
        return replace(self, value=value, stage=stage)

    def overlaid(self, overlay: Located) -> Located:
        """Give this with what the overlay says: mappings grow together, everything else is replaced."""
        if not (isinstance(self.value, dict) and isinstance(overlay.value, dict)):
            return overlay
        value = dict(self.value)
        for key, piece in overlay.value.items():
            value[key] = value[key].overlaid(piece) if key in value else piece
        return replace(self, value=value)

    def along(self, path: tuple[str | int, ...]) -> Iterator[Located]:
        """Give the pieces on the way to `path`, from this one on, as far as they exist."""
        here = self
        yield here
        for step in path:
            below = here.value[step] if _has(here.value, step) else None
            if below is None:
                return
            here = below
            yield here


def _has(value: Any, step: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and 0 <= step < len(value)
    return isinstance(value, dict) and step in value
