"""What a benchmark is: a name, a measurement, and the table that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Progress: TypeAlias = Callable[[float], None]
"""Told the share of the work that is done, 0 to 1."""

Value: TypeAlias = float | int | str | list[float]
Row: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured. values: its part of the file. rows: the table, whose first row is the heading."""

    values: Mapping[str, Value]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One measurement. key: its name in the file. title: what it asks, in a sentence."""

    key: str
    title: str
    measure: Callable[[Progress], Outcome]
