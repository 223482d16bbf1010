"""What a multi-model endpoint publishes about its models."""

from __future__ import annotations

from pilotlight.catalog.multi_model import LOADED_MODEL_COUNT
from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.hosting.model_cache_metrics import instance_metrics
from tests.hosting.multi_model_instance import MultiModelInstance


def _published(instance: MultiModelInstance) -> list[tuple[str, float]]:
    return [(fact.name, value) for fact, value in instance.measured]


def test_times_are_microseconds_and_hits_are_counted() -> None:
    """Download 2 s, load 3 s: the miss waits 5 s, the hit does not wait and says nothing of it."""
    instance = MultiModelInstance(download_time=2 * SECOND, load_time=3 * SECOND).invoke("a", "a")

    assert [
        ("ModelCacheHit", 0.0),
        ("ModelDownloadingTime", 2e6),
        ("ModelLoadingTime", 3e6),
        ("ModelLoadingWaitTime", 5e6),
        ("ModelCacheHit", 1.0),
    ] == _published(instance)


def test_an_eviction_is_timed() -> None:
    """One place: b waits for its download (1 s), for a to be unloaded (4 s) and for its load (1 s)."""
    instance = MultiModelInstance(CacheSettings(memory=1), unload_time=4 * SECOND).invoke("a", "b")

    assert [
        ("ModelCacheHit", 0.0),
        ("ModelDownloadingTime", 1e6),
        ("ModelUnloadingTime", 4e6),
        ("ModelLoadingTime", 1e6),
        ("ModelLoadingWaitTime", 6e6),
    ] == _published(instance)[-5:]


def test_each_instance_counts_its_loaded_models() -> None:
    """Three were invoked, two have room."""
    instance = MultiModelInstance(CacheSettings(memory=2)).invoke("a", "b", "c")

    assert ((LOADED_MODEL_COUNT, 2.0),) == instance_metrics(instance.cache)
