"""Target tracking: its alarms and its arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.alarm import Comparison
from pilotlight.hosting.micros import MINUTE, SECOND
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms, tracked_capacity

BACKLOG = TargetTracking("backlog", target=5.0)
HIGH, LOW = managed_alarms(BACKLOG).high, managed_alarms(BACKLOG).low


def test_the_high_alarm_takes_three_minutes_above_the_target() -> None:
    """As the alarms that Application Auto Scaling creates show: 3 x 60 s, greater than the target."""
    assert (MINUTE, 3, 3, 5.0, Comparison.GREATER_THAN) == (
        HIGH.period,
        HIGH.evaluation_periods,
        HIGH.needed,
        HIGH.threshold,
        HIGH.comparison,
    )


@pytest.mark.parametrize(("target", "threshold"), [(5.0, 4.5), (30.0, 27.0), (70.0, 63.0)])
def test_the_low_alarm_takes_fifteen_minutes_below_nine_tenths(target: float, threshold: float) -> None:
    """Alarms shown publicly: target 30 has its low alarm at 27, target 70 at 63."""
    low = managed_alarms(TargetTracking("tracking", target)).low

    assert (MINUTE, 15, Comparison.LESS_THAN) == (low.period, low.evaluation_periods, low.comparison)
    assert threshold == pytest.approx(low.threshold)


def test_a_high_resolution_metric_has_ninety_low_datapoints_of_ten_seconds() -> None:
    """Measured: "AlarmLow for the high-resolution metric: 10 s period x 90 evaluation periods"."""
    pair = managed_alarms(TargetTracking("concurrency", 5.0, period=10 * SECOND))

    assert (10 * SECOND, 90) == (pair.low.period, pair.low.evaluation_periods)
    assert (10 * SECOND, 3) == (pair.high.period, pair.high.evaluation_periods)


@pytest.mark.parametrize(
    ("capacity", "metric", "expected"),
    [(1, 6.0, 2), (1, 10.0, 2), (1, 10.1, 3), (4, 7.0, 6), (0, 6.0, 2), (0, 50.0, 10)],
)
def test_scale_out_is_proportional_and_rounded_up(capacity: int, metric: float, expected: int) -> None:
    """capacity * metric / 5, rounded up: 4 * 7 / 5 = 5.6 makes 6; from zero the backlog counts as one's."""
    assert expected == tracked_capacity(BACKLOG, HIGH, metric, capacity)


@pytest.mark.parametrize(
    ("capacity", "metric", "expected"),
    [(1, 0.0, 0), (4, 0.0, 0), (4, 2.0, 2), (4, 2.6, 3), (1, 0.1, 1), (0, 1.0, 0)],
)
def test_scale_in_never_takes_too_much(capacity: int, metric: float, expected: int) -> None:
    """A real zero takes everything; 4 * 2.6 / 5 = 2.08 leaves 3; the last one stays while anything waits."""
    assert expected == tracked_capacity(BACKLOG, LOW, metric, capacity)


def test_rounding_is_not_fooled_by_binary_fractions() -> None:
    """3 * 0.1 / 0.1 is 3.0000000000000004 in floating point, and 3 instances."""
    policy = TargetTracking("fraction", 0.1)

    assert 3 == tracked_capacity(policy, managed_alarms(policy).high, 0.1, 3)


@given(capacity=st.integers(0, 100), metric=st.floats(0, 1e6), target=st.floats(0.01, 1e4))
def test_each_alarm_moves_one_way_and_reaches_the_target(capacity: int, metric: float, target: float) -> None:
    """The high alarm never lowers, the low alarm never raises; a scale-out brings the target."""
    policy = TargetTracking("law", target)
    pair = managed_alarms(policy)
    out = tracked_capacity(policy, pair.high, metric, capacity)
    into = tracked_capacity(policy, pair.low, metric, capacity)

    assert out >= capacity >= into >= 0
    if out > capacity:
        assert max(1, capacity) * metric / out <= target * (1 + 1e-6)


def test_cool_downs_are_300_seconds_unless_given() -> None:
    """SageMaker Developer Guide: "automatic scaling use[s] the default, which is 300 seconds for each"."""
    assert (300 * SECOND, 300 * SECOND) == (BACKLOG.scale_out_cooldown, BACKLOG.scale_in_cooldown)


def test_fails_when_the_target_is_not_positive() -> None:
    """A target of nothing would divide by nothing."""
    with pytest.raises(ValueError, match=r"target, got 0, allowed more than 0"):
        TargetTracking("nothing", 0)
