"""What the containers of a multi-model endpoint do is what the model cache predicts, request by request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest

from pilotlight.hosting import model_cache
from pilotlight.hosting.model_cache import (
    Answered,
    CacheEffect,
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
    Refuse,
    TargetModel,
    Unload,
    Unloaded,
)
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.model_operations import internal_name
from pilotlight.local.home import Home

from .many_models import ManyModelsEndpoint, many_models_endpoint

pytestmark = pytest.mark.thorough

MEBIBYTE = 2**20
HOLDS, MODELS, REQUESTS = 10, 30, 90
HUGE = "huge"
"""A model that is larger than the memory of an instance."""

NAMES = [f"m{number:02}" for number in range(MODELS)]


@dataclass(frozen=True)
class Seen:
    """What one request shows: found loaded, refused with a status, and who is loaded afterwards."""

    hit: bool
    refused: int | None
    loaded: frozenset[str]


def test_thirty_models_where_ten_fit(home: Home) -> None:
    """Loads, evictions, hits and 507s are those that the model cache predicts, counted in the container."""
    draw = Random(7)
    asked = [draw.choice(NAMES) for _ in range(REQUESTS)]
    asked[40:40] = [HUGE]
    with many_models_endpoint(home, cache=CacheSettings(memory=HOLDS * MEBIBYTE)) as many:
        for name in NAMES:
            many.publish(name, {"word": name.encode()}, memory_mib=1)
        many.publish(HUGE, {"word": b""}, memory_mib=HOLDS + 1)
        seen = [ask(many, name) for name in asked]

    assert predicted(asked) == seen
    assert least_recently_used(asked) == [
        sorted(name for name in NAMES if internal_name(name) in each.loaded) for each in seen
    ]
    assert [507] == [each.refused for each in seen if each.refused is not None]
    assert HOLDS == max(len(each.loaded) for each in seen)


def ask(many: ManyModelsEndpoint, name: str) -> Seen:
    """Ask a model, then the container what it has."""
    before, refused = len(many.metrics.of("ModelCacheHit")), None
    try:
        assert f"{name} ?".encode() == many.ask(name)
    except ApiError as error:
        refused = error.members["OriginalStatusCode"]
    (hit,) = many.metrics.of("ModelCacheHit")[before:]
    (loaded,) = many.listed()
    return Seen(bool(hit), refused, loaded)


def predicted(asked: Sequence[str]) -> list[Seen]:
    """What the pure state machine says, each operation ending well before the next request."""
    cache = ModelCache(CacheSettings(memory=HOLDS * MEBIBYTE))
    seen = []
    for number, name in enumerate(asked):
        size = (HOLDS + 1 if name == HUGE else 1) * MEBIBYTE
        effects = settled(cache, str(number), TargetModel(name, 0, size))
        (hit,) = (each.hit for each in effects if isinstance(each, LookedUp))
        refused = next((int(each.refusal) for each in effects if isinstance(each, Refuse)), None)
        seen.append(Seen(hit, refused, frozenset(internal_name(each) for each in cache.loaded)))
    return seen


def settled(cache: ModelCache, invocation: str, model: TargetModel) -> list[CacheEffect]:
    """Everything that follows from one invocation."""
    effects, done = list(model_cache.step(cache, Invoked(invocation, model), 0)[1]), 0
    while done < len(effects):
        event = end_of(effects[done])
        done += 1
        if event is not None:
            effects += model_cache.step(cache, event, 0)[1]
    return effects


def end_of(effect: CacheEffect) -> CacheEvent | None:
    """The event that an effect ends in, if all goes well."""
    match effect:
        case Download(model):
            return Downloaded(model)
        case Load(model):
            return Loaded(model)
        case Unload(model):
            return Unloaded(model)
        case Forward(invocation):
            return Answered(invocation)
        case _:
            return None


def least_recently_used(asked: Sequence[str]) -> list[list[str]]:
    """The same by a second, much simpler account: who is loaded after each request."""
    held: OrderedDict[str, None] = OrderedDict()
    history = []
    for name in asked:
        if name != HUGE:
            held.pop(name, None)
            held[name] = None
            while len(held) > HOLDS:
                held.popitem(last=False)
        history.append(sorted(held))
    return history
