"""Routing of a multi-model endpoint: to where the model is, with a second copy under load."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.routing import ModelAffinity, RandomRouting, RoutingRequest, choose

LOADS = st.dictionaries(st.integers(1, 20), st.integers(0, 9), min_size=1, max_size=8)


def _chosen(strategy: ModelAffinity, loads: dict[int, int], *holders: int, seed: int = 1) -> int:
    chosen = choose(strategy, loads, RoutingRequest(holders=frozenset(holders)), Random(seed))
    assert chosen is not None
    return chosen


def test_a_model_stays_where_it_is_loaded() -> None:
    """Instance 1 has the model and 3 requests in flight; 2 is idle but has to fetch it: 1 it is."""
    assert 1 == _chosen(ModelAffinity(spill_at=4), {1: 3, 2: 0}, 1)


def test_a_busy_model_gets_a_second_instance() -> None:
    """With 4 in flight on its only holder, the idlest other instance takes the request."""
    assert 2 == _chosen(ModelAffinity(spill_at=4), {1: 4, 2: 0, 3: 2}, 1)


def test_the_idlest_holder_is_asked_first() -> None:
    """Two instances hold the model; as long as one of them is below the limit, no third is needed."""
    assert 3 == _chosen(ModelAffinity(spill_at=4), {1: 4, 2: 0, 3: 2}, 1, 3)


def test_nothing_is_fetched_to_an_instance_that_is_as_busy() -> None:
    """A second copy on an instance with as many requests would only add a load."""
    assert 1 == _chosen(ModelAffinity(spill_at=4), {1: 5, 2: 5}, 1)


def test_it_can_be_kept_from_spreading() -> None:
    """Without a limit a model never gets a second instance."""
    assert 1 == _chosen(ModelAffinity(spill_at=None), {1: 99, 2: 0}, 1)


def test_a_new_model_goes_where_the_variant_s_strategy_sends_it() -> None:
    """Nobody holds it: with random routing any instance may get it, with least outstanding the idlest."""
    loads = {1: 5, 2: 0}

    assert {1, 2} == {_chosen(ModelAffinity(RandomRouting()), loads, seed=seed) for seed in range(20)}
    assert 2 == _chosen(ModelAffinity(), loads)


def test_a_holder_that_is_not_in_service_does_not_count() -> None:
    """An instance that is leaving still has the model, but takes no request."""
    assert 2 == _chosen(ModelAffinity(), {2: 1}, 9)


@given(loads=LOADS, spill_at=st.integers(1, 9), seed=st.integers(0, 99), data=st.data())
def test_a_copy_is_made_only_under_load_and_only_on_an_idler_instance(
    loads: dict[int, int], spill_at: int, seed: int, data: st.DataObject
) -> None:
    """Who leaves the holders finds each of them at the limit, and busier than the instance it goes to."""
    holders = data.draw(st.sets(st.sampled_from(sorted(loads)), min_size=1))
    chosen = _chosen(ModelAffinity(spill_at=spill_at), loads, *holders, seed=seed)

    if chosen not in holders:
        assert all(loads[holder] >= spill_at and loads[holder] > loads[chosen] for holder in holders)


def test_fails_when_a_model_would_always_spread() -> None:
    """A limit of nothing would send every request elsewhere."""
    with pytest.raises(ValueError, match="spill_at, got 0, allowed 1 or more requests, or none"):
        ModelAffinity(spill_at=0)
