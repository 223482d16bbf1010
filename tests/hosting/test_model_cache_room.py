"""The model cache: who makes room for whom when several models come at once."""

from __future__ import annotations

import pytest

from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.model_cache import (
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
    LoadRefused,
    ModelCache,
    Refusal,
    Refuse,
    TargetModel,
    TimePassed,
    Unload,
    Unloaded,
    step,
)


def _model(name: str, *, size: int = 1) -> TargetModel:
    return TargetModel(name, on_disk=size, in_memory=size)


def _play(cache: ModelCache, *events: CacheEvent, at: int = 1) -> list[CacheEffect]:
    """Send events; the work that follows."""
    work = (Download, Load, Unload, DeleteFromDisk, Forward, Refuse)
    seen: list[CacheEffect] = []
    for event in events:
        _, effects = step(cache, event, at * SECOND)
        seen += [effect for effect in effects if isinstance(effect, work)]
    return seen


def _with(settings: CacheSettings, *models: TargetModel) -> ModelCache:
    """An instance that has loaded these models in this order; nobody uses them."""
    cache = ModelCache(settings)
    for model in models:
        visit = f"first of {model.name}"
        _play(cache, Invoked(visit, model), Downloaded(model.name), Loaded(model.name), Answered(visit), at=0)
    return cache


def test_memory_that_is_promised_is_not_memory_that_is_free() -> None:
    """Memory 10 holds 8 and 1. A model of 5 evicts the 8, which promises 4 to the next: it fits without an
    eviction of its own, but is not loaded before the 8 are really gone."""
    cache = _with(CacheSettings(memory=10), _model("eight", size=8), _model("one"))
    _play(cache, Invoked("a", _model("five", size=5)), Invoked("b", _model("four", size=4)))

    assert [Unload("eight")] == _play(cache, Downloaded("five"), Downloaded("four"))
    assert [Load("five"), Load("four")] == _play(cache, Unloaded("eight"))


def test_a_volume_that_is_promised_is_not_free_either() -> None:
    """The same on disk, where the 8 are loaded and have to be unloaded before they can be deleted."""
    cache = _with(CacheSettings(disk=10), _model("eight", size=8), _model("one"))
    asked = _play(cache, Invoked("a", _model("five", size=5)), Invoked("b", _model("four", size=4)))

    assert [Unload("eight")] == asked
    assert [DeleteFromDisk("eight"), Download("five"), Download("four")] == _play(cache, Unloaded("eight"))


def test_a_place_on_the_volume_is_promised_once() -> None:
    """Two models want a full volume of three: each has another one leave."""
    cache = _with(CacheSettings(disk=3), _model("x"), _model("y"), _model("z"))

    assert [Unload("x"), Unload("y")] == _play(cache, Invoked("a", _model("a")), Invoked("b", _model("b")))


def test_a_model_on_its_way_to_the_disk_leaves_the_disk_too() -> None:
    """It is unloaded for want of memory already; for want of disk it is deleted next, and no other is."""
    cache = _with(CacheSettings(memory=2, disk=3), _model("x"), _model("y"))
    _play(cache, Invoked("a", _model("a")), Downloaded("a"))

    assert [] == _play(cache, Invoked("b", _model("b")))
    assert [DeleteFromDisk("x"), Download("b"), Load("a")] == _play(cache, Unloaded("x"))


def test_a_model_that_left_and_came_back_is_kept_like_any_other() -> None:
    """Asked for while it leaves the volume, x is fetched anew; evicted from memory later, it stays there."""
    cache = _with(CacheSettings(memory=2, disk=2), _model("x"), _model("y"))
    left = _play(cache, Invoked("a", _model("a")), Invoked("b", _model("x")), Unloaded("x"))
    back = _play(cache, Unloaded("y"), Downloaded("x"), Loaded("x"), Answered("b"))
    _play(cache, Downloaded("a"), Loaded("a"), Answered("a"))

    assert [Unload("x"), DeleteFromDisk("x"), Unload("y"), Download("a")] == left
    assert [DeleteFromDisk("y"), Download("x"), Load("x")] == back[:3]
    tiny = TargetModel("tiny", on_disk=0, in_memory=1)
    _play(cache, Invoked("c", _model("a")), Invoked("d", tiny), Downloaded("tiny"))
    assert [Load("tiny")] == _play(cache, Unloaded("x"))


def test_after_a_507_it_waits_for_what_is_being_unloaded() -> None:
    """No model is unused, but one is on its way out: the load is asked for again when that is gone."""
    cache = _with(CacheSettings(), _model("x"))
    _play(cache, *(Invoked(name, _model(name)) for name in "ab"), Downloaded("a"), Downloaded("b"))

    assert [Unload("x")] == _play(cache, LoadRefused("a"))
    assert [] == _play(cache, LoadRefused("b"))
    assert [Load("a"), Load("b")] == _play(cache, Unloaded("x"))
    assert [Refuse] == [type(effect) for effect in _play(cache, LoadRefused("b"))]


@pytest.mark.parametrize("settings", [CacheSettings(memory=1), CacheSettings(disk=1)], ids=["memory", "disk"])
def test_room_that_comes_after_360_seconds_comes_too_late(settings: CacheSettings) -> None:
    """The model given up waiting for it is neither downloaded nor loaded, until it is asked for again."""
    cache = _with(settings, _model("x"))
    _play(cache, Invoked("a", _model("a")), Downloaded("a"))
    _play(cache, TimePassed(), at=361)
    late = _play(cache, Unloaded("x"), at=400)
    again = _play(cache, Invoked("b", _model("a")), at=401)

    assert {Download, Load}.isdisjoint(map(type, late))
    assert 1 == len({Download, Load}.intersection(map(type, again)))


def test_a_load_that_was_given_up_evicts_nobody() -> None:
    """Its late 507 concerns nobody any more."""
    cache = _with(CacheSettings(), _model("x"))
    _play(cache, Invoked("a", _model("a")), Downloaded("a"))
    _play(cache, TimePassed(), at=361)

    assert [] == _play(cache, LoadRefused("a"), at=400)
    assert ("x",) == cache.loaded


def test_work_that_is_over_is_not_tried_again() -> None:
    """The caller has given up while room was made: the eviction goes through, the invocation does not."""
    cache = _with(CacheSettings(), _model("x"), _model("spare"), _model("y"))
    _play(cache, Invoked("a", _model("y")))

    assert [Unload("x")] == _play(cache, InvokeRefused("a"), InvokeRefused("a"), Answered("a"))
    assert [] == _play(cache, Unloaded("x"))


def test_a_model_that_nobody_awaits_and_nobody_has_is_forgotten() -> None:
    """Its download failed after the last one who wanted it was told 429."""
    cache = ModelCache()
    told = _play(cache, Invoked("a", _model("a")), at=0) + _play(cache, TimePassed(), at=60)
    _play(cache, DownloadFailed("a", "no such key"), at=61)

    assert [Refusal.NOT_READY] == [one.refusal for one in told if isinstance(one, Refuse)]
    assert {} == cache.models
