"""The model cache: models that take long, come together, fail, or are not to be kept."""

from __future__ import annotations

import pytest

from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.model_cache import (
    Abandon,
    Answered,
    CacheEffect,
    CacheEvent,
    CacheSettings,
    DeleteFromDisk,
    Download,
    Downloaded,
    DownloadFailed,
    Forward,
    Invoked,
    InvokeRefused,
    Load,
    Loaded,
    LoadFailed,
    LookedUp,
    ModelCache,
    Refusal,
    Refuse,
    TargetModel,
    TimePassed,
    Took,
    Unload,
    Unloaded,
    next_deadline,
    step,
)
from tests.hosting.multi_model_instance import MultiModelInstance

SMALL, OTHER = TargetModel("small", 1, 1), TargetModel("other", 1, 1)


def _play(cache: ModelCache, *events: tuple[int, CacheEvent]) -> list[CacheEffect]:
    """Send events at their seconds; what follows but look-ups and times."""
    seen: list[CacheEffect] = []
    for seconds, event in events:
        _, effects = step(cache, event, seconds * SECOND)
        seen += [effect for effect in effects if not isinstance(effect, LookedUp | Took)]
    return seen


def _loaded(settings: CacheSettings | None = None, *models: TargetModel) -> ModelCache:
    cache = ModelCache(CacheSettings() if settings is None else settings)
    for model in models:
        visit = f"first of {model.name}"
        _play(cache, (0, Invoked(visit, model)), (0, Downloaded(model.name)), (0, Loaded(model.name)))
        _play(cache, (0, Answered(visit)))
    return cache


def _told(seen: list[CacheEffect]) -> list[tuple[str, Refusal]]:
    return [(one.invocation, one.refusal) for one in seen if isinstance(one, Refuse)]


def test_all_who_come_during_a_load_wait_for_that_one() -> None:
    """Three invocations within the load: one download, one load, three answers in the order they came."""
    instance = MultiModelInstance(download_time=5 * SECOND, load_time=5 * SECOND)
    for second in (0, 3, 8):
        instance.send("big", at=second * SECOND)

    assert [
        "miss big",
        "download big",
        "miss big",
        "load big",
        "miss big",
        "answer big#1",
        "answer big#2",
        "answer big#3",
    ] == instance.run().log


def test_a_load_over_a_minute_is_429_and_goes_on() -> None:
    """Download to 30 s, load to 120 s: who came at 0 and 50 is told 429 at 60 and 110; who came at 70 waits
    50 seconds and is answered; at 130 it is a hit."""
    instance = MultiModelInstance(download_time=30 * SECOND, load_time=90 * SECOND)
    for second in (0, 50, 70, 130):
        instance.send("big", at=second * SECOND)

    assert [
        *("miss big", "download big", "load big", "miss big", "refuse big 429", "miss big", "refuse big 429"),
        *("answer big#3", "hit big", "answer big#4"),
    ] == instance.run().log


def test_the_next_deadline_is_the_first_loss_of_patience() -> None:
    """An invocation at 10 s can wait to 70 s; without it the fetch that began then ends at 370 s."""
    cache = ModelCache()
    _play(cache, (10, Invoked("a", SMALL)))
    assert 70 * SECOND == next_deadline(cache)
    assert [("a", Refusal.NOT_READY)] == _told(_play(cache, (70, TimePassed())))
    assert 370 * SECOND == next_deadline(cache)


def test_after_360_seconds_the_fetch_is_given_up() -> None:
    """Download 200 s, load 300 s: at 360 the load is abandoned; who came at 350 is told 429 then, not at 410.

    Who comes at 400 waits for the end of the abandoned load; it succeeds at 500, so 429 at 460.
    """
    instance = MultiModelInstance(download_time=200 * SECOND, load_time=300 * SECOND)
    for second in (0, 350, 400):
        instance.send("huge", at=second * SECOND)

    assert ["abandon huge", "refuse huge 429"] == instance.run(until=360 * SECOND).log[-2:]
    assert ["miss huge", "refuse huge 429"] == instance.run(until=460 * SECOND).log[-2:]
    assert ("huge",) == instance.run().cache.loaded


def test_who_comes_after_an_abandoned_load_gets_a_new_one() -> None:
    """The driver breaks the load off at 365; whoever has come by then is not told of the failure."""
    cache = ModelCache()
    _play(cache, (0, Invoked("a", SMALL)), (0, Downloaded("small")))
    abandoned = _play(cache, (360, TimePassed()), (361, Invoked("b", SMALL)))
    again = _play(cache, (365, LoadFailed("small", "broken off")), (400, Loaded("small")))

    assert Abandon("small") == abandoned[-1]
    assert [Load("small"), Forward("b", "small", waited=39 * SECOND)] == again


def test_an_abandoned_download_that_nobody_awaits_is_not_loaded() -> None:
    """It stays on disk: the next invocation loads it without a download."""
    cache = ModelCache()
    _play(cache, (0, Invoked("a", SMALL)), (360, TimePassed()))

    assert [] == _play(cache, (400, Downloaded("small")))
    assert [Load("small")] == _play(cache, (500, Invoked("b", SMALL)))


@pytest.mark.parametrize(
    ("failure", "refusal", "then"),
    [
        ((DownloadFailed("small", "no such key"),), Refusal.DOWNLOAD_FAILED, Download("small")),
        (
            (Downloaded("small"), LoadFailed("small", "bad model")),
            Refusal.LOAD_FAILED,
            Load("small"),
        ),
    ],
)
def test_a_failure_is_told_to_all_who_wait_and_tried_anew(
    failure: tuple[CacheEvent, ...], refusal: Refusal, then: CacheEffect
) -> None:
    """A failed download begins from the start for the next one, a failed load from what is on disk."""
    cache = ModelCache()
    _play(cache, (0, Invoked("a", SMALL)), (0, Invoked("b", SMALL)))
    seen = _play(cache, *((1, event) for event in failure))

    assert [("a", refusal), ("b", refusal)] == _told(seen)
    assert [then] == _play(cache, (2, Invoked("c", SMALL)))


def test_a_model_asked_for_on_its_way_out_is_loaded_again() -> None:
    """Its eviction goes through first; it is still on disk, so it is not downloaded again."""
    cache = _loaded(CacheSettings(memory=2), SMALL, OTHER)
    _play(cache, (1, Invoked("b", TargetModel("third", 1, 1))), (1, Downloaded("third")))
    seen = _play(cache, (1, Invoked("c", SMALL)), (2, Unloaded("small")), (3, Unloaded("other")))

    assert [Unload("other"), Load("third"), Load("small")] == seen


def test_it_is_refused_when_its_place_is_taken_by_one_in_use() -> None:
    """With room for one model, which another invocation now waits for, nothing can be unloaded."""
    cache = _loaded(CacheSettings(memory=1), SMALL)
    _play(cache, (1, Invoked("b", OTHER)), (1, Downloaded("other")))
    seen = _play(cache, (1, Invoked("c", SMALL)), (2, Unloaded("small")))

    assert [("c", Refusal.NO_ROOM)] == _told(seen)
    assert Load("other") == seen[-1]


def test_a_disabled_cache_keeps_nothing() -> None:
    """After its invocation a model is unloaded and deleted at once; the next one is fetched from S3 again."""
    instance = MultiModelInstance(CacheSettings(enabled=False)).invoke("a", "a")
    once = ["miss a", "download a", "load a", "unload a", "delete a"]

    assert [*once, *once] == instance.steps()


def test_a_disabled_cache_lets_those_finish_who_share_the_model() -> None:
    """Two invocations at once share one load; the model goes after the later one."""
    instance = MultiModelInstance(CacheSettings(enabled=False))
    instance.send("a")
    instance.send("a")

    assert ["answer a#1", "answer a#2", "unload a", "delete a"] == instance.run().log[-4:]


def test_work_without_room_is_tried_again_after_an_eviction() -> None:
    """A GPU container answers an invocation with 507: an unused model goes, the invocation comes again."""
    cache = _loaded(None, SMALL, OTHER)
    seen = _play(cache, (1, Invoked("a", SMALL)), (2, InvokeRefused("a")), (3, Unloaded("other")))

    assert [Forward("a", "small", None), Unload("other"), Forward("a", "small", None)] == seen
    assert [("a", Refusal.NO_ROOM)] == _told(_play(cache, (4, InvokeRefused("a"))))


def test_a_disk_of_loaded_models_makes_room_too() -> None:
    """A volume for two that are both loaded: the least recently used is unloaded, deleted, replaced."""
    cache = _loaded(CacheSettings(disk=2), SMALL, OTHER)
    third = TargetModel("third", 1, 1)
    seen = _play(cache, (1, Invoked("a", third)), (2, Unloaded("small")))

    assert [Unload("small"), DeleteFromDisk("small"), Download("third")] == seen


def test_a_model_larger_than_the_volume_is_refused_and_deletes_nothing() -> None:
    """No eviction would help, so none is made."""
    cache = _loaded(CacheSettings(disk=2), SMALL)

    assert [("a", Refusal.NO_ROOM)] == _told(_play(cache, (1, Invoked("a", TargetModel("vast", 3, 1)))))
    assert ("small",) == cache.loaded


@pytest.mark.parametrize(("seconds", "expected"), [(59, True), (60, False), (61, False)])
def test_a_model_that_comes_too_late_is_too_late(seconds: int, expected: bool) -> None:
    """At 60 seconds patience is over, also when nobody has sent the passing of time."""
    cache = ModelCache()
    _play(cache, (0, Invoked("a", SMALL)), (0, Downloaded("small")))
    seen = _play(cache, (seconds, Loaded("small")))

    assert expected == (Forward("a", "small", waited=seconds * SECOND) in seen)
    assert expected != (("a", Refusal.NOT_READY) in _told(seen))


def test_it_holds_what_is_loaded_or_on_its_way_in() -> None:
    """Requests for a model that is being fetched belong to where it is fetched; not so on its way out."""
    cache = ModelCache(CacheSettings(memory=1))
    held: list[bool] = []
    moments: list[tuple[Micros, CacheEvent]] = [
        (0, Invoked("a", SMALL)),
        (1, Downloaded("small")),
        (2, Loaded("small")),
        (3, Answered("a")),
        (4, Invoked("b", OTHER)),
        (5, Downloaded("other")),
        (6, Unloaded("small")),
    ]
    for moment in moments:
        _play(cache, moment)
        held.append(cache.holds("small"))

    assert [True, True, True, True, True, False, False] == held


def test_fails_when_an_invocation_id_is_in_use() -> None:
    """An id names one invocation until it is over."""
    cache = ModelCache()
    _play(cache, (0, Invoked("a", SMALL)))
    with pytest.raises(ValueError, match="invocation id, got 'a' again"):
        step(cache, Invoked("a", OTHER), 0)


def test_fails_when_settings_are_out_of_range() -> None:
    """All faults are told at once; 0 bytes are a value."""
    assert 0 == CacheSettings(memory=0, disk=0).memory
    with pytest.raises(ValueError, match=r"memory, got -1.*disk, got -2.*patience, got 0"):
        CacheSettings(memory=-1, disk=-2, patience=0)
