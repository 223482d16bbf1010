"""Step scaling: how far a metric is beyond the alarm's threshold decides how much capacity changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pilotlight.hosting.alarm import Alarm
from pilotlight.hosting.micros import SECOND, Micros


class AdjustmentType(StrEnum):
    """How the number of a step is meant; Application Auto Scaling's names."""

    CHANGE_IN_CAPACITY = "ChangeInCapacity"
    PERCENT_CHANGE_IN_CAPACITY = "PercentChangeInCapacity"
    EXACT_CAPACITY = "ExactCapacity"


class Aggregation(StrEnum):
    """How several datapoints become the one value that is compared with the steps (MetricAggregationType)."""

    AVERAGE = "Average"
    MINIMUM = "Minimum"
    MAXIMUM = "Maximum"


@dataclass(frozen=True, slots=True)
class StepAdjustment:
    """One step: bounds relative to the alarm's threshold (None = infinity) and the change inside them."""

    scaling_adjustment: int
    lower_bound: float | None = None
    upper_bound: float | None = None

    @property
    def begin(self) -> float:
        """The lower bound as a number."""
        return -math.inf if self.lower_bound is None else self.lower_bound

    @property
    def end(self) -> float:
        """The upper bound as a number."""
        return math.inf if self.upper_bound is None else self.upper_bound

    def covers(self, breach: float, *, above: bool) -> bool:
        """Tell whether a distance from the threshold is inside: [begin, end) above it, (begin, end] below."""
        return self.begin <= breach < self.end if above else self.begin < breach <= self.end


@dataclass(frozen=True, slots=True)
class StepScaling:
    """A step scaling policy.

    cooldown: default 300 seconds. min_adjustment_magnitude: least change of a percentage. Default: no least
      change.
    Raises ValueError with all faults when the steps break AWS's rules (gaps, overlaps, open ends, exact and
    negative).
    """

    name: str
    adjustment_type: AdjustmentType
    steps: tuple[StepAdjustment, ...]
    cooldown: Micros = 300 * SECOND
    min_adjustment_magnitude: int | None = None
    aggregation: Aggregation = Aggregation.AVERAGE

    def __post_init__(self) -> None:
        faults = (*_faults_of_bounds(self.steps), *_faults_of_numbers(self))
        if faults:
            raise ValueError("; ".join(faults))


def aggregated(policy: StepScaling, alarm: Alarm, datapoints: Sequence[float | None]) -> float | None:
    """Aggregate the newest real datapoints, at most as many as the alarm evaluates; None without any."""
    newest = [value for value in datapoints if value is not None][-alarm.evaluation_periods :]
    if not newest:
        return None
    match policy.aggregation:
        case Aggregation.AVERAGE:
            return math.fsum(newest) / len(newest)
        case Aggregation.MINIMUM:
            return min(newest)
        case Aggregation.MAXIMUM:
            return max(newest)


def stepped_capacity(policy: StepScaling, alarm: Alarm, metric: float, capacity: int) -> int | None:
    """Compute the capacity the policy asks for, 0 or more; None when no step covers the metric."""
    breach = metric - alarm.threshold
    above = breach > 0 or (breach == 0 and alarm.comparison.above)
    found = next((one for one in policy.steps if one.covers(breach, above=above)), None)
    return None if found is None else max(0, _adjusted(policy, found.scaling_adjustment, capacity))


def _adjusted(policy: StepScaling, adjustment: int, capacity: int) -> int:
    match policy.adjustment_type:
        case AdjustmentType.EXACT_CAPACITY:
            return adjustment
        case AdjustmentType.CHANGE_IN_CAPACITY:
            return capacity + adjustment
        case AdjustmentType.PERCENT_CHANGE_IN_CAPACITY:
            return capacity + _percentage(policy, adjustment, capacity)


def _percentage(policy: StepScaling, percent: int, capacity: int) -> int:
    """Round as AWS does: away from zero below one instance, else toward zero; then the least magnitude."""
    if percent == 0:
        return 0
    sign = 1 if percent > 0 else -1
    part = capacity * abs(percent)
    whole = 1 if 0 < part < 100 else part // 100  # noqa: PLR2004 -- percent
    least = 0 if policy.min_adjustment_magnitude is None else policy.min_adjustment_magnitude
    return sign * max(whole, least)


def _faults_of_bounds(steps: tuple[StepAdjustment, ...]) -> tuple[str, ...]:
    ordered = sorted(steps, key=lambda one: (one.begin, one.end))
    faults = [
        f"bounds of a step, got {one.begin} to {one.end}, allowed a lower below an upper one, one side closed"
        for one in ordered
        if one.begin >= one.end or (one.lower_bound is None and one.upper_bound is None)
    ]
    faults += [
        f"neighbouring steps, got {left.end} before {right.begin}, allowed no gap and no overlap"
        for left, right in pairwise(ordered)
        if left.end != right.begin
    ]
    if ordered and math.inf > ordered[-1].end > 0:
        faults.append(
            f"upper bound of the last step, got {ordered[-1].end}, allowed none above the threshold"
        )
    if ordered and -math.inf < ordered[0].begin < 0:
        faults.append(
            f"lower bound of the first step, got {ordered[0].begin}, allowed none below the threshold"
        )
    return tuple(faults)


def _faults_of_numbers(policy: StepScaling) -> tuple[str, ...]:
    faults = []
    if not policy.steps:
        faults.append("steps, got none, allowed 1 or more")
    if policy.adjustment_type is AdjustmentType.EXACT_CAPACITY:
        negative = [one.scaling_adjustment for one in policy.steps if one.scaling_adjustment < 0]
        faults += [f"exact capacity, got {one}, allowed 0 or more" for one in negative]
    return tuple(faults)
