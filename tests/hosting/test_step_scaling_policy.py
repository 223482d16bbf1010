"""Step scaling: AWS's own examples, and its rules for steps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.alarm import Alarm, Comparison
from pilotlight.hosting.micros import MINUTE
from pilotlight.hosting.step_scaling import (
    AdjustmentType,
    Aggregation,
    StepAdjustment,
    StepScaling,
    aggregated,
    stepped_capacity,
)

CHANGE, PERCENT, EXACT = (
    AdjustmentType.CHANGE_IN_CAPACITY,
    AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
    AdjustmentType.EXACT_CAPACITY,
)
ABOVE_FIFTY = Alarm(MINUTE, 1, 50.0, Comparison.GREATER_THAN_OR_EQUAL)
BELOW_FIFTY = Alarm(MINUTE, 1, 50.0, Comparison.LESS_THAN_OR_EQUAL)
SCALE_OUT = StepScaling(
    "out", PERCENT, (StepAdjustment(0, 0, 10), StepAdjustment(10, 10, 20), StepAdjustment(30, 20, None))
)
SCALE_IN = StepScaling(
    "in", PERCENT, (StepAdjustment(0, -10, 0), StepAdjustment(-10, -20, -10), StepAdjustment(-30, None, -20))
)


@pytest.mark.parametrize(
    ("metric", "capacity", "expected"),
    [(50, 10, 10), (59.9, 10, 10), (60, 10, 11), (69.9, 10, 11), (70, 11, 14)],
)
def test_awss_scale_out_example(metric: float, capacity: int, expected: int) -> None:
    """Application Auto Scaling User Guide: at 60 add 10 % of 10, at 70 30 % of 11, 3.3, rounded down to 3."""
    assert expected == stepped_capacity(SCALE_OUT, ABOVE_FIFTY, metric, capacity)


@pytest.mark.parametrize(
    ("metric", "capacity", "expected"),
    [(50, 14, 14), (40.1, 14, 14), (40, 14, 13), (30.1, 14, 13), (30, 13, 10)],
)
def test_awss_scale_in_example(metric: float, capacity: int, expected: int) -> None:
    """The same page: at 40 remove 10 % of 14, at 30 remove 30 % of 13, 3.9, rounded down to 3."""
    assert expected == stepped_capacity(SCALE_IN, BELOW_FIFTY, metric, capacity)


@pytest.mark.parametrize(
    ("capacity", "percent", "change"),
    [(127, 10, 12), (67, 1, 1), (58, -1, -1), (667, -1, -6), (10, 10, 1), (5, 0, 0), (1, 1, 1), (0, 50, 0)],
)
def test_awss_rounding(capacity: int, percent: int, change: int) -> None:
    """The same page: 12.7 is 12, .67 is 1, -.58 is -1, -6.67 is -6."""
    bounds = (None, 0) if percent < 0 else (0, None)
    alarm = BELOW_FIFTY if percent < 0 else ABOVE_FIFTY
    policy = StepScaling("percent", PERCENT, (StepAdjustment(percent, *bounds),))

    assert capacity + change == stepped_capacity(policy, alarm, 50, capacity)


def test_awss_minimum_magnitude() -> None:
    """botocore, MinAdjustmentMagnitude: 25 percent of 4 is 1, with a magnitude of 2 it scales out by 2."""
    policy = StepScaling("least", PERCENT, (StepAdjustment(25, 0),), min_adjustment_magnitude=2)

    assert 6 == stepped_capacity(policy, ABOVE_FIFTY, 50, 4)


@pytest.mark.parametrize(("kind", "expected"), [(CHANGE, 8), (EXACT, 5)])
def test_awss_adjustment_types(kind: AdjustmentType, expected: int) -> None:
    """The same page: capacity 3, adjustment 5: ChangeInCapacity makes 8, ExactCapacity makes 5."""
    policy = StepScaling("five", kind, (StepAdjustment(5, 0),))

    assert expected == stepped_capacity(policy, ABOVE_FIFTY, 50, 3)


def test_awss_wake_up_sample_adds_one() -> None:
    """SageMaker Developer Guide, scaling up from zero: metric 1, threshold 1, lower bound 0: one more."""
    alarm = Alarm(MINUTE, 2, 1.0, Comparison.GREATER_THAN_OR_EQUAL)
    wake = StepScaling("wake", CHANGE, (StepAdjustment(1, lower_bound=0),))

    assert 1 == stepped_capacity(wake, alarm, 1.0, 0)


def test_a_bound_may_lie_between_whole_numbers() -> None:
    """Half above the threshold is above it: the lower bound of the second step is included."""
    policy = StepScaling("halves", CHANGE, (StepAdjustment(1, 0, 0.5), StepAdjustment(2, 0.5)))

    assert 5 == stepped_capacity(policy, ABOVE_FIFTY, 50.5, 3)


def test_an_exact_capacity_of_zero_is_allowed() -> None:
    """A policy may send an endpoint to sleep."""
    policy = StepScaling("sleep", EXACT, (StepAdjustment(0, upper_bound=0),))

    assert 0 == stepped_capacity(policy, BELOW_FIFTY, 49, 3)


def test_a_metric_outside_all_steps_changes_nothing() -> None:
    """A scale-out policy says nothing about a metric below its threshold."""
    assert stepped_capacity(SCALE_OUT, ABOVE_FIFTY, 49.9, 10) is None


def test_capacity_never_goes_below_zero() -> None:
    """Taking five from three leaves none."""
    policy = StepScaling("in", CHANGE, (StepAdjustment(-5, upper_bound=0),))

    assert 0 == stepped_capacity(policy, BELOW_FIFTY, 50, 3)


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [(Aggregation.AVERAGE, 4.0), (Aggregation.MINIMUM, 2.0), (Aggregation.MAXIMUM, 7.0)],
)
def test_the_newest_datapoints_are_aggregated(aggregation: Aggregation, expected: float) -> None:
    """Three evaluation periods: the three newest real datapoints, gaps stepped over."""
    policy = StepScaling("any", CHANGE, (StepAdjustment(1, 0),), aggregation=aggregation)
    alarm = Alarm(MINUTE, 3, 1.0, Comparison.GREATER_THAN)

    assert expected == aggregated(policy, alarm, (100.0, 2.0, None, 7.0, 3.0))
    assert aggregated(policy, alarm, (None,) * 5) is None


@given(cuts=st.lists(st.integers(1, 50), min_size=1, max_size=6, unique=True), breach=st.floats(0, 100))
def test_exactly_one_step_covers_every_breach(cuts: list[int], breach: float) -> None:
    """Steps without gaps and overlaps decide every metric above the threshold exactly once."""
    edges = [0, *sorted(cuts), None]
    steps = tuple(StepAdjustment(1, low, high) for low, high in pairwise(edges))
    StepScaling("law", CHANGE, steps)

    assert 1 == sum(step.covers(breach, above=True) for step in steps)


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ((), "steps, got none"),
        ((StepAdjustment(1, 0, 10), StepAdjustment(2, 11)), "neighbouring steps, got 10 before 11"),
        ((StepAdjustment(1, 0, 10), StepAdjustment(2, 9)), "neighbouring steps, got 10 before 9"),
        ((StepAdjustment(1, 0, 10),), "upper bound of the last step, got 10"),
        ((StepAdjustment(1, -10, 0),), "lower bound of the first step, got -10"),
        ((StepAdjustment(1),), "bounds of a step, got -inf to inf"),
        ((StepAdjustment(1, 5, 5), StepAdjustment(1, 5)), "bounds of a step, got 5 to 5"),
        ((StepAdjustment(1, 0), StepAdjustment(2, 10)), "neighbouring steps, got inf before 10"),
    ],
)
def test_fails_when_steps_break_awss_rules(steps: tuple[StepAdjustment, ...], fault: str) -> None:
    """Application Auto Scaling User Guide, "Step adjustments": no gap, no overlap, open ends."""
    with pytest.raises(ValueError, match=fault):
        StepScaling("faulty", CHANGE, steps)


def test_fails_with_all_faults_at_once() -> None:
    """An exact capacity is never negative, and a gap is reported beside it."""
    with pytest.raises(ValueError, match=r"neighbouring steps.*exact capacity, got -1"):
        StepScaling("faulty", EXACT, (StepAdjustment(-1, 0, 10), StepAdjustment(2, 11)))
