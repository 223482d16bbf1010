"""Finds the number that a person wrote, when only the product of a calculation with it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

MOST_DIGITS: Final = 17
"""That tell any two floats apart."""


def shortest(number: float, gives_the_same: Callable[[float], bool]) -> float:
    """Give the number near `number` with the fewest digits that gives the same result; else `number`."""
    for digits in range(1, MOST_DIGITS + 1):
        candidate = float(f"{number:.{digits}g}")
        if gives_the_same(candidate):
            return candidate
    return number
