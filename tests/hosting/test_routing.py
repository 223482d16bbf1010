"""Routing: least outstanding requests and random."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.routing import (
    LeastOutstandingRequests,
    PrefixAware,
    RandomRouting,
    RoutingRequest,
    RoutingStrategy,
    Ties,
    choose,
)

ANY = RoutingRequest()
LOADS = st.dictionaries(st.integers(1, 50), st.integers(0, 9), min_size=1, max_size=12)
SEEDS = st.integers(0, 2**32)
CHI_SQUARE_999 = {3: 16.27}
"""The value that chi-square with so many degrees of freedom exceeds once in a thousand."""


@given(loads=LOADS, seed=SEEDS, ties=st.sampled_from(Ties))
def test_least_outstanding_never_picks_a_busier_instance(
    loads: dict[int, int], seed: int, ties: Ties
) -> None:
    """No instance has fewer requests in flight than the chosen one."""
    chosen = choose(LeastOutstandingRequests(ties), loads, ANY, Random(seed))

    assert chosen is not None
    assert min(loads.values()) == loads[chosen]


@given(loads=LOADS, seed=SEEDS)
def test_a_choice_depends_on_load_and_chance_alone(loads: dict[int, int], seed: int) -> None:
    """The order in which the instances are named changes nothing."""
    reversed_loads = dict(reversed(loads.items()))
    for strategy in (LeastOutstandingRequests(), RandomRouting(), PrefixAware(1024, 1)):
        assert choose(strategy, loads, ANY, Random(seed)) == choose(
            strategy, reversed_loads, ANY, Random(seed)
        )


def test_the_oldest_of_equals_can_be_asked_for() -> None:
    """With ties to the oldest, chance is not asked: instances 3 and 7 have one request, 3 is older."""
    strategy = LeastOutstandingRequests(Ties.OLDEST)

    assert 3 == choose(strategy, {7: 1, 5: 2, 3: 1}, ANY, Random(1))


def test_chance_is_left_alone_where_one_instance_is_best() -> None:
    """A stream is drawn from only between equals, so that other choices do not shift."""
    random = Random(1)
    choose(LeastOutstandingRequests(), {1: 3, 2: 0}, ANY, random)

    assert Random(1).random() == random.random()


@pytest.mark.parametrize(
    ("strategy", "loads"),
    [
        (RandomRouting(), {1: 0, 2: 5, 3: 0, 4: 9}),
        (LeastOutstandingRequests(), {1: 2, 2: 2, 3: 2, 4: 2}),
    ],
    ids=["random, whatever the load", "least outstanding, among equals"],
)
def test_chance_is_uniform(strategy: RoutingStrategy, loads: dict[int, int]) -> None:
    """4,000 choices among 4: chi-square against 1,000 each, 3 degrees of freedom, 99.9 % quantile."""
    random = Random(11)
    seen = Counter(choose(strategy, loads, ANY, random) for _ in range(4000))
    chi_square = sum((seen[instance] - 1000) ** 2 / 1000 for instance in loads)

    assert set(loads) == set(seen)
    assert chi_square < CHI_SQUARE_999[3]


@pytest.mark.parametrize("strategy", [RandomRouting(), LeastOutstandingRequests(), PrefixAware(1024, 1)])
def test_nobody_is_chosen_when_nobody_is_there(strategy: RoutingStrategy) -> None:
    """Without an instance in service there is no choice."""
    assert choose(strategy, {}, ANY, Random(1)) is None
