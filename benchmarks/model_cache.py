"""How much the rules of a model cache cost: invocations of hosting's beside a bare ordered dictionary."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from random import Random

from benchmarks.benchmark import Benchmark, Outcome, Progress
from benchmarks.relative_speed import relative_speed
from pilotlight.hosting.model_cache import (
    Answered,
    CacheEvent,
    CacheSettings,
    Download,
    Downloaded,
    Forward,
    Invoked,
    Load,
    Loaded,
    LookedUp,
    ModelCache,
    TargetModel,
    Unload,
    Unloaded,
    step,
)

MODELS, PLACES, INVOCATIONS = 30, 10, 3_000


def popular(models: int, invocations: int, seed: int = 1) -> list[str]:
    """Draw the models of a row of invocations: the second is asked for half as often as the first."""
    names = [str(number) for number in range(1, models + 1)]
    return Random(seed).choices(names, weights=[1 / int(name) for name in names], k=invocations)


def hits_with_hosting(names: Sequence[str], places: int) -> int:
    """Invoke one model after the other, every operation done at once; returns how often it was loaded."""
    cache, hits = ModelCache(CacheSettings(memory=places)), 0
    for number, name in enumerate(names):
        events: list[CacheEvent] = [Invoked(str(number), TargetModel(name, on_disk=1, in_memory=1))]
        while events:
            _, effects = step(cache, events.pop(), number)
            for effect in effects:
                match effect:
                    case LookedUp(hit=hit):
                        hits += hit
                    case Download(model):
                        events.append(Downloaded(model))
                    case Unload(model):
                        events.append(Unloaded(model))
                    case Load(model):
                        events.append(Loaded(model))
                    case Forward(invocation):
                        events.append(Answered(invocation))
    return hits


def hits_plainly(names: Sequence[str], places: int) -> int:
    """Do the same with an ordered dictionary and nothing else."""
    loaded: OrderedDict[str, None] = OrderedDict()
    hits = 0
    for name in names:
        if name in loaded:
            hits += 1
            loaded.move_to_end(name)
            continue
        if len(loaded) == places:
            loaded.popitem(last=False)
        loaded[name] = None
    return hits


def _measure(progress: Progress) -> Outcome:
    names = popular(MODELS, INVOCATIONS)
    return relative_speed(
        lambda: hits_with_hosting(names, PLACES),
        lambda: hits_plainly(names, PLACES),
        operations=INVOCATIONS,
        progress=progress,
    )


BENCHMARK = Benchmark(
    "model_cache_speed",
    "Invocations of the model cache beside a bare LRU dictionary in the same run",
    _measure,
)
