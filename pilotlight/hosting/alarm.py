"""CloudWatch alarms: when a row of datapoints means ALARM, OK or INSUFFICIENT_DATA."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pilotlight.hosting.metric import Statistic
from pilotlight.hosting.micros import MINUTE, SECOND, Micros
from pilotlight.hosting.percentile import Percentile

EXTRA_PERIODS = 2
"""Periods an evaluation looks at beyond the evaluation periods, to step over gaps (AWS's example: 2)."""


class Comparison(StrEnum):
    """How a datapoint is compared with the threshold; CloudWatch's names."""

    GREATER_THAN_OR_EQUAL = "GreaterThanOrEqualToThreshold"
    GREATER_THAN = "GreaterThanThreshold"
    LESS_THAN = "LessThanThreshold"
    LESS_THAN_OR_EQUAL = "LessThanOrEqualToThreshold"

    @property
    def above(self) -> bool:
        """Whether a breach lies above the threshold (else below it)."""
        return self in {Comparison.GREATER_THAN, Comparison.GREATER_THAN_OR_EQUAL}

    def breaches(self, value: float, threshold: float) -> bool:
        """Tell whether a datapoint is on the wrong side of the threshold."""
        return _OPERATORS[self](value, threshold)


_OPERATORS: Mapping[Comparison, Callable[[float, float], bool]] = {
    Comparison.GREATER_THAN_OR_EQUAL: operator.ge,
    Comparison.GREATER_THAN: operator.gt,
    Comparison.LESS_THAN: operator.lt,
    Comparison.LESS_THAN_OR_EQUAL: operator.le,
}


class MissingData(StrEnum):
    """What a period without data counts as (TreatMissingData); CloudWatch's names."""

    MISSING = "missing"
    IGNORE = "ignore"
    BREACHING = "breaching"
    NOT_BREACHING = "notBreaching"


class AlarmState(StrEnum):
    """The states of an alarm; CloudWatch's names."""

    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What PutMetricAlarm fixes about one alarm, as far as it decides the state.

    datapoints_to_alarm: the M of "M out of N". Default: all `evaluation_periods` (N).
    missing: default `missing`, as CloudWatch's.
    Raises ValueError with all faults when the numbers do not fit together.
    """

    period: Micros
    evaluation_periods: int
    threshold: float
    comparison: Comparison
    datapoints_to_alarm: int | None = None
    missing: MissingData = MissingData.MISSING
    statistic: Statistic | Percentile = Statistic.AVERAGE

    def __post_init__(self) -> None:
        faults = []
        if self.period < 1:
            faults.append(f"period, got {self.period}, allowed 1 or more microseconds")
        if self.evaluation_periods < 1:
            faults.append(f"evaluation periods, got {self.evaluation_periods}, allowed 1 or more")
        if not 1 <= self.needed <= max(1, self.evaluation_periods):
            faults.append(f"datapoints to alarm, got {self.needed}, allowed 1 to the evaluation periods")
        if faults:
            raise ValueError("; ".join(faults))

    @property
    def needed(self) -> int:
        """How many breaching datapoints mean ALARM (M)."""
        return self.evaluation_periods if self.datapoints_to_alarm is None else self.datapoints_to_alarm

    def breaches(self, value: float) -> bool:
        """Tell whether a datapoint breaches this alarm's threshold."""
        return self.comparison.breaches(value, self.threshold)


def evaluation_interval(alarm: Alarm) -> Micros:
    """How often CloudWatch evaluates the alarm: every minute, or every 10 seconds with a period below one."""
    return MINUTE if alarm.period >= MINUTE else 10 * SECOND


def evaluation_range(alarm: Alarm) -> int:
    """How many periods CloudWatch looks at: some more than `evaluation_periods`, to step over gaps."""
    return alarm.evaluation_periods + EXTRA_PERIODS


def evaluate(alarm: Alarm, datapoints: Sequence[float | None], previous: AlarmState) -> AlarmState:
    """Decide the state from the datapoints of the evaluation range, oldest first, None where data is missing.

    Real datapoints come first: gaps are filled only when fewer than `evaluation_periods` are real.
    previous: the state so far, which `ignore` retains.
    Source: CloudWatch User Guide, "How alarm state is evaluated when data is missing".
    """
    real = [value for value in datapoints if value is not None][-alarm.evaluation_periods :]
    breaching = sum(alarm.breaches(value) for value in real)
    filled = alarm.evaluation_periods - len(real)
    if filled == 0 or alarm.missing is MissingData.NOT_BREACHING:
        return _verdict(breaching >= alarm.needed)
    if alarm.missing is MissingData.BREACHING:
        return _verdict(breaching + filled >= alarm.needed)
    return _evaluate_with_gaps(alarm, datapoints, previous, breaching=breaching, real=len(real))


def _evaluate_with_gaps(
    alarm: Alarm, datapoints: Sequence[float | None], previous: AlarmState, *, breaching: int, real: int
) -> AlarmState:
    retained = previous if alarm.missing is MissingData.IGNORE else None
    if real == 0:
        return AlarmState.INSUFFICIENT_DATA if retained is None else retained
    if breaching >= alarm.needed or breaching < real:
        return _verdict(breaching >= alarm.needed)
    # Only breaching data, and less of it than needed: AWS's rule against premature alarms waits for it to
    # get old.
    if retained is not None:
        return retained
    return _verdict(_age_of_oldest(datapoints) >= alarm.needed)


def _age_of_oldest(datapoints: Sequence[float | None]) -> int:
    """How many periods ago the oldest real datapoint was; the newest period counts as 1."""
    return next(len(datapoints) - index for index, value in enumerate(datapoints) if value is not None)


def _verdict(alarming: bool) -> AlarmState:
    return AlarmState.ALARM if alarming else AlarmState.OK
