"""The gain of least outstanding requests: the measurement agrees with the closed form."""

from __future__ import annotations

import pytest

from benchmarks.closed_system import ClosedSystem, throughput
from benchmarks.least_outstanding_requests import (
    SYSTEM,
    closed_form,
    gain_interval,
    least_outstanding_throughput,
    measured_gains,
    random_throughput,
)
from pilotlight.hosting.routing import LeastOutstandingRequests, RandomRouting

pytestmark = pytest.mark.thorough

SEEDS = range(10)


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (ClosedSystem(instances=4, users_per_instance=4, slowdown=0.38), 0.38 * 0.75 / 2.14),
        (ClosedSystem(instances=2, users_per_instance=3, slowdown=1.0), 0.5 / 3),
        (ClosedSystem(instances=5, users_per_instance=1, slowdown=0.5), 0.5 * 0.8),
    ],
    ids=["the benchmark's", "two instances that share evenly", "one user each"],
)
def test_the_closed_form_lies_in_the_interval(system: ClosedSystem, expected: float) -> None:
    """Worked out by hand: 13.3 %, 16.7 % and 40 %; ten seeds of 1,500 requests each."""
    found = gain_interval(measured_gains(system, seeds=SEEDS, requests=1500))

    assert pytest.approx(expected) == closed_form(system)
    assert found.contains(expected)
    assert found.high - found.low < 0.08


def test_both_throughputs_agree_with_theirs() -> None:
    """16 users on 4 instances, a = 0.38: 16 / 2.425 and 16 / 2.14 requests per second, within two percent."""
    pairs = measured_gains(SYSTEM, seeds=SEEDS, requests=1500)

    assert pytest.approx([16 / 2.425, 16 / 2.14]) == [
        random_throughput(SYSTEM),
        least_outstanding_throughput(SYSTEM),
    ]
    assert pytest.approx(random_throughput(SYSTEM), rel=0.02) == sum(pair[0] for pair in pairs) / len(pairs)
    assert pytest.approx(least_outstanding_throughput(SYSTEM), rel=0.02) == (
        sum(pair[1] for pair in pairs) / len(pairs)
    )


def test_with_one_instance_there_is_nothing_to_gain() -> None:
    """Every strategy chooses the same instance, so both runs are the same to the last bit."""
    alone = ClosedSystem(instances=1, users_per_instance=4, slowdown=0.38)

    assert 0 == closed_form(alone)
    assert throughput(alone, RandomRouting(), requests=500, seed=1) == throughput(
        alone, LeastOutstandingRequests(), requests=500, seed=1
    )


def test_without_slowdown_nothing_depends_on_routing() -> None:
    """Requests that do not hinder each other are answered at the rate of one a second for each user."""
    system = ClosedSystem(instances=4, users_per_instance=4, slowdown=0.0)
    found = measured_gains(system, seeds=range(2), requests=2000)

    assert all(random == pytest.approx(least) == pytest.approx(16, rel=0.05) for random, least in found)
