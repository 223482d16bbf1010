"""Helps with a mistyped word: what it was meant to be, and a list that still fits on a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

CLOSE: Final = 0.6
"""How alike two words must be; difflib's own default."""

FEW: Final = 12


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Give `did you mean x?` for the closest of the allowed words; empty when none is close."""
    likeness = {candidate: _likeness(word, candidate) for candidate in allowed}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return "" if best is None or likeness[best] < CLOSE else f"did you mean {best}?"


def listed(words: Sequence[str]) -> str:
    """Write the first words of a list, and how many there are besides."""
    more = f" and {len(words) - FEW} more" if len(words) > FEW else ""
    return ", ".join(words[:FEW]) + more


def _likeness(word: str, candidate: str) -> float:
    return SequenceMatcher(None, _plain(word), _plain(candidate)).ratio()


def _plain(word: str) -> str:
    return word.lower().replace("-", "_")
