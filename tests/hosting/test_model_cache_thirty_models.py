"""Thirty models on an instance that holds ten: loads, evictions, hits and 507s, worked out by hand.

By hand: one invocation at a time asks for 1, 2, ... 30, then for 30, 29, ... 1.

- 1 to 10 find room. 11 to 30 each find ten models loaded, of which the least recently used is the one ten
  back: 11 evicts 1, 12 evicts 2, ... 30 evicts 20. Loaded now: 21 to 30, and all thirty are on disk.
- 30 to 21 are hits, after which 30 is the least recently used, then 29, and so on.
- 20 evicts 30, 19 evicts 29, ... 11 evicts 21: the one ten ahead. So it goes on:
  10 evicts 20, ... 1 evicts 11.
- Nothing is downloaded the second time.

Where only the container knows that it is full, each eviction follows a 507, and the load is asked for again.
"""

from __future__ import annotations

from collections import Counter

import pytest

from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.model_cache import CacheSettings, Eviction
from tests.hosting.multi_model_instance import MultiModelInstance

UP, DOWN = range(1, 31), range(30, 0, -1)


def _expected(*, container_decides: bool) -> list[str]:
    def evict(victim: int, model: int) -> list[str]:
        return [f"507 {model}"] * container_decides + [f"unload {victim}"]

    steps: list[str] = []
    for model in UP:
        room = evict(model - 10, model) if model > 10 else []
        steps += [f"miss {model}", f"download {model}", *room, f"load {model}"]
    steps += [f"hit {model}" for model in range(30, 20, -1)]
    for model in range(20, 0, -1):
        steps += [f"miss {model}", *evict(model + 10, model), f"load {model}"]
    return steps


def test_an_instance_that_knows_its_memory_unloads_before_it_loads() -> None:
    """The whole sequence of 60 invocations, in order."""
    instance = MultiModelInstance(CacheSettings(memory=10), places=10).invoke(*UP, *DOWN)

    assert _expected(container_decides=False) == instance.steps()


def test_an_instance_that_does_not_learns_it_by_a_507() -> None:
    """The same sequence with a 507 before each of the 40 evictions; no caller sees one."""
    instance = MultiModelInstance(CacheSettings(memory=None), places=10).invoke(*UP, *DOWN)

    assert _expected(container_decides=True) == instance.steps()


def test_the_totals_are_the_sums_of_the_sequence() -> None:
    """10 hits and 50 misses; 30 downloads; 50 loads; 20 + 20 evictions, a 507 each."""
    instance = MultiModelInstance(CacheSettings(), places=10).invoke(*UP, *DOWN)
    totals = Counter(step.split()[0] for step in instance.steps())

    assert {"hit": 10, "miss": 50, "download": 30, "load": 50, "unload": 40, "507": 40} == totals
    assert tuple(str(model) for model in range(10, 0, -1)) == instance.cache.loaded


@pytest.mark.parametrize("memory", [10, None], ids=["known memory", "container decides"])
def test_a_model_too_many_is_refused_while_the_others_are_busy(memory: int | None) -> None:
    """Ten models, each with an invocation of a minute: the eleventh gets 507, after that minute its load."""
    instance = MultiModelInstance(CacheSettings(memory=memory), places=10, service_time=60 * SECOND)
    for model in range(1, 11):
        instance.send(model)
    instance.send(11, at=10 * SECOND)
    instance.send(11, at=100 * SECOND)
    asked = ["507 11"] if memory is None else []

    assert ["miss 11", "download 11", *asked, "refuse 11 507", "miss 11", *asked, "unload 1", "load 11"] == (
        instance.run().steps()[30:]
    )


def test_a_volume_for_twenty_forgets_the_ten_oldest() -> None:
    """Going up, 21 deletes 1, ... 30 deletes 10: the oldest that is not loaded.

    Going down, 20 to 11 are still there; 10 finds 11 to 30 on the volume, of which 30 was used longest ago,
    and deletes it; ... 1 deletes 21.
    """
    instance = MultiModelInstance(CacheSettings(memory=10, disk=20)).invoke(*UP, *DOWN)
    steps = instance.steps()
    up = [f"delete {model - 20}" for model in range(21, 31)]
    down = [f"delete {model + 20}" for model in range(10, 0, -1)]

    assert [*up, *down] == [step for step in steps if step.startswith("delete")]
    assert [*UP, *range(10, 0, -1)] == [int(step[9:]) for step in steps if step.startswith("download")]
    assert ["miss 10", "delete 30", "download 10", "unload 20", "load 10"] == steps[-50:-45]


@pytest.mark.parametrize(
    ("eviction", "victim"),
    [
        (Eviction.LEAST_RECENTLY_USED, "b"),
        (Eviction.LEAST_FREQUENTLY_USED, "c"),
        (Eviction.FIRST_LOADED, "a"),
    ],
)
def test_the_policy_names_the_victim(eviction: Eviction, victim: str) -> None:
    """a, b, b, b, c, a, a with room for three: a was loaded first, b used longest ago, c used once."""
    settings = CacheSettings(memory=3, eviction=eviction)
    instance = MultiModelInstance(settings).invoke("a", "b", "b", "b", "c", "a", "a", "d")

    assert ["miss d", "download d", f"unload {victim}", "load d"] == instance.steps()[-4:]
