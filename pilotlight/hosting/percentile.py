"""Percentiles of the values in one period."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TEXT = re.compile(r"p(?P<rank>\d{1,2}(\.\d{1,10})?|100)")
_ALL = 100


@dataclass(frozen=True, slots=True)
class Percentile:
    """A statistic as CloudWatch's `p99`: so many of a hundred values are not larger."""

    rank: float

    @classmethod
    def parse(cls, text: str) -> Percentile:
        """From `p99` or `p99.9`. Raises ValueError."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError(f"percentile, got {text}, allowed p0 to p100")
        return cls(float(found["rank"]))

    def of(self, values: Sequence[float]) -> float:
        """The smallest of the values that is not smaller than so many of a hundred of them (nearest rank)."""
        rank = math.ceil(round(len(values) * self.rank / _ALL, 9))
        return sorted(values)[max(1, rank) - 1]

    def __str__(self) -> str:
        return f"p{self.rank:g}"
