"""Holds the fields of AWS's cron expressions: six, in their order, with values, names and wildcards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pilotlight.catalog.evidence import documented

CRON_GUIDE: Final = documented(
    "EventBridge User Guide, Cron expressions reference; the Application Auto Scaling User Guide refers to it"
)

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@dataclass(frozen=True, slots=True)
class CronField:
    """One field: what it is called, its lowest and highest value, and the names that stand for values."""

    name: str
    lowest: int
    highest: int
    names: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        named = tuple(self.names)
        names = f" or {named[0]}-{named[-1]}" if named else ""
        return f"{self.name} {self.lowest}-{self.highest}{names}"


MINUTES: Final = CronField("minutes", 0, 59)
HOURS: Final = CronField("hours", 0, 23)
DAY_OF_MONTH: Final = CronField("day of month", 1, 31)
MONTH: Final = CronField("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)})
DAY_OF_WEEK: Final = CronField(
    "day of week", 1, 7, {name: number for number, name in enumerate(_WEEKDAYS, 1)}
)
"""A week begins on Sunday, which is 1."""

YEAR: Final = CronField("year", 1970, 2199)
