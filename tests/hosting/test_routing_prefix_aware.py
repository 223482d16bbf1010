"""Routing: PREFIX_AWARE."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.routing import PrefixAware, RoutingRequest, choose

BODIES = st.binary(max_size=40)
INSTANCES = st.sets(st.integers(1, 30), min_size=2, max_size=8)
STRATEGY = PrefixAware(prefix_length=1024, concurrency_threshold=4)
PROMPTS = [RoutingRequest(b"prompt %d" % number) for number in range(400)]


def _idle(instances: range) -> dict[int, int]:
    return dict.fromkeys(instances, 0)


def _home(request: RoutingRequest, instances: range) -> int | None:
    return choose(STRATEGY, _idle(instances), request, Random(1))


def test_what_comes_after_the_prefix_does_not_matter() -> None:
    """Two bodies alike in 1,024 bytes go to one instance, though least outstanding would part them."""
    shared = b"s" * 1024
    first = choose(STRATEGY, {1: 0, 2: 0, 3: 0}, RoutingRequest(shared + b"one"), Random(1))
    assert first is not None
    loads = {1: 0, 2: 0, 3: 0} | {first: 3}

    assert first == choose(STRATEGY, loads, RoutingRequest(shared + b"two"), Random(2))


def test_the_byte_inside_the_prefix_matters() -> None:
    """400 prompts that differ in their first bytes are spread: each of 4 instances gets 60 to 140 of them."""
    homes = [_home(prompt, range(1, 5)) for prompt in PROMPTS]

    assert [1, 2, 3, 4] == sorted({home for home in homes if home is not None})
    assert all(60 <= homes.count(instance) <= 140 for instance in range(1, 5))


def test_an_application_is_kept_apart_by_its_identifier() -> None:
    """With 4 instances the same prompt of two applications has two homes about three times in four."""
    pairs = [
        (
            _home(RoutingRequest(prompt.body, "shop"), range(1, 5)),
            _home(RoutingRequest(prompt.body, "search"), range(1, 5)),
        )
        for prompt in PROMPTS
    ]

    assert 240 <= sum(shop != search for shop, search in pairs) <= 360


def test_a_busy_home_hands_over_to_the_idlest() -> None:
    """At the threshold, not below it: with 3 of 4 in flight the home takes it, with 4 the idlest does."""
    request = RoutingRequest(b"hello")
    home = choose(STRATEGY, {1: 0, 2: 0, 3: 0}, request, Random(1))
    assert home is not None
    others = {1: 2, 2: 2, 3: 2}
    idlest = next(instance for instance in others if instance != home)

    assert home == choose(STRATEGY, others | {home: 3}, request, Random(1))
    assert idlest == choose(STRATEGY, others | {home: 4, idlest: 1}, request, Random(1))


def test_one_instance_takes_everything() -> None:
    """Prefixes only matter when two instances or more can serve: the threshold does not apply to one."""
    assert 7 == choose(STRATEGY, {7: 99}, RoutingRequest(b"hello"), Random(1))


def test_a_new_instance_takes_over_its_share_and_nothing_else_moves() -> None:
    """From 4 to 5 instances a prompt stays where it was or goes to the new one; about a fifth goes."""
    moved = [
        (before, after)
        for prompt in PROMPTS
        if (before := _home(prompt, range(1, 5))) != (after := _home(prompt, range(1, 6)))
    ]

    assert {5} == {after for _, after in moved}
    assert 40 <= len(moved) <= 120


@given(body=BODIES, instances=INSTANCES, seed=st.integers(0, 99), data=st.data())
def test_an_idle_home_does_not_depend_on_load_or_chance(
    body: bytes, instances: set[int], seed: int, data: st.DataObject
) -> None:
    """Below the threshold the same prefix goes to the same instance."""
    loads = {instance: data.draw(st.integers(0, 3)) for instance in instances}
    request = RoutingRequest(body)

    assert choose(STRATEGY, dict.fromkeys(instances, 0), request, Random(0)) == choose(
        STRATEGY, loads, request, Random(seed)
    )


def test_fails_when_the_numbers_are_outside_the_limits() -> None:
    """Both faults are told at once."""
    with pytest.raises(ValueError, match=r"PrefixLength, got 1000, allowed 1024\.\.65536 bytes; .*got 0"):
        PrefixAware(prefix_length=1000, concurrency_threshold=0)
