"""Target tracking: the pair of alarms Application Auto Scaling manages, and the capacity it asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pilotlight.hosting.alarm import Alarm, Comparison
from pilotlight.hosting.metric import Statistic
from pilotlight.hosting.micros import MINUTE, SECOND, Micros

ROUNDING_DIGITS = 9
"""Digits after which a quotient counts as whole, so that 3 * 0.1 / 0.1 instances are 3 and not 4."""


@dataclass(frozen=True, slots=True)
class TargetTracking:
    """A target tracking policy: hold a metric per instance near a target.

    scale_out_cooldown, scale_in_cooldown: default 300 seconds each, as for SageMaker variants.
    disable_scale_in: the policy never removes capacity.
    period: length of a datapoint of the managed alarms. Default: a minute; high-resolution metrics have 10
      seconds.
    high_periods: datapoints above the target before a scale-out. low_duration: time below the low threshold
      before a scale-in. low_ratio: the low threshold as a share of the target.
    Raises ValueError when the target is not positive.
    """

    name: str
    target: float
    statistic: Statistic = Statistic.AVERAGE
    scale_out_cooldown: Micros = 300 * SECOND
    scale_in_cooldown: Micros = 300 * SECOND
    disable_scale_in: bool = False
    period: Micros = MINUTE
    high_periods: int = 3
    low_duration: Micros = 15 * MINUTE
    low_ratio: float = 0.9

    def __post_init__(self) -> None:
        if not self.target > 0:
            raise ValueError(f"target, got {self.target}, allowed more than 0")


@dataclass(frozen=True, slots=True)
class ManagedAlarms:
    """The two alarms that belong to a target tracking policy."""

    high: Alarm
    low: Alarm


def managed_alarms(policy: TargetTracking) -> ManagedAlarms:
    """Build the alarms Application Auto Scaling creates for the policy: above the target, well below it."""
    return ManagedAlarms(
        high=Alarm(
            period=policy.period,
            evaluation_periods=policy.high_periods,
            threshold=policy.target,
            comparison=Comparison.GREATER_THAN,
            statistic=policy.statistic,
        ),
        low=Alarm(
            period=policy.period,
            evaluation_periods=policy.low_duration // policy.period,
            threshold=policy.target * policy.low_ratio,
            comparison=Comparison.LESS_THAN,
            statistic=policy.statistic,
        ),
    )


def tracked_capacity(policy: TargetTracking, alarm: Alarm, metric: float, capacity: int) -> int:
    """Compute the capacity the policy asks for when one of its alarms is in ALARM.

        capacity * metric / target, rounded up

    From zero, the metric counts as if one instance had it. The high alarm never lowers the capacity, the
    low alarm never raises it.
    metric: the newest datapoint.
    """
    proportional = math.ceil(round(max(1, capacity) * metric / policy.target, ROUNDING_DIGITS))
    return max(capacity, proportional) if alarm.comparison.above else min(capacity, proportional)
