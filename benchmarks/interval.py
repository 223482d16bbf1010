"""How sure a mean of several runs is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from scipy.special import stdtrit  # type: ignore[import-untyped] # scipy ships no types


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and the bounds between which the true one lies with the given confidence."""

    mean: float
    low: float
    high: float

    def contains(self, value: float) -> bool:
        """Tell whether a value lies between the bounds."""
        return self.low <= value <= self.high


def student_interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Compute Student's interval of the mean of independent runs, of which there are at least two."""
    mean = fmean(values)
    quantile = float(stdtrit(len(values) - 1, (1 + confidence) / 2))
    half = quantile * stdev(values) / sqrt(len(values))
    return Interval(mean, mean - half, mean + half)
