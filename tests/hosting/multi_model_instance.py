"""One instance of a multi-model endpoint on a virtual clock: its model cache and its container."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from pilotlight.hosting.async_metrics import Measurement
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
    Forward,
    Invoked,
    Load,
    Loaded,
    LoadRefused,
    LookedUp,
    ModelCache,
    Refuse,
    TargetModel,
    TimePassed,
    Took,
    Unload,
    Unloaded,
    next_deadline,
    step,
)
from pilotlight.hosting.model_cache_metrics import effect_metrics


@dataclass
class MultiModelInstance:
    """Models of one byte each, in memory and on disk; `log` says in words what happened, in order.

    places: models the container has room for; it answers a further load with 507. Default: no end.
    """

    settings: CacheSettings = field(default_factory=CacheSettings)
    places: int | None = None
    download_time: Micros = SECOND
    load_time: Micros = SECOND
    unload_time: Micros = SECOND
    service_time: Micros = SECOND
    now: Micros = 0
    log: list[str] = field(default_factory=list)
    measured: list[Measurement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cache = ModelCache(self.settings)
        self.in_container: set[str] = set()
        self._agenda: list[tuple[Micros, int, Callable[[], None]]] = []
        self._order = count()
        self._invocations = count(1)

    def invoke(self, *models: int | str) -> MultiModelInstance:
        """Send one invocation for each model, each after the one before has been answered or refused."""
        for model in models:
            self.send(model)
            self.run()
        return self

    def send(self, model: int | str, at: Micros | None = None) -> None:
        """Plan one invocation. at: default, now."""
        name = str(model)
        event = Invoked(f"{name}#{next(self._invocations)}", TargetModel(name, on_disk=1, in_memory=1))
        self._at(self.now if at is None else at, lambda: self._tell(event))

    def run(self, until: Micros | None = None) -> MultiModelInstance:
        """Let time pass. until: default, nothing is left to happen."""
        while self._agenda and (until is None or self._agenda[0][0] <= until):
            self.now, _, action = heappop(self._agenda)
            action()
        self.now = self.now if until is None else until
        return self

    def _at(self, moment: Micros, action: Callable[[], None]) -> None:
        heappush(self._agenda, (moment, next(self._order), action))

    def _after(self, time: Micros, event: CacheEvent) -> None:
        self._at(self.now + time, lambda: self._tell(event))

    def _tell(self, event: CacheEvent) -> None:
        _, effects = step(self.cache, event, self.now)
        for effect in effects:
            self.measured += effect_metrics(effect)
            self._carry_out(effect)
        if (deadline := next_deadline(self.cache)) is not None:
            self._at(max(self.now, deadline), lambda: self._overdue(deadline))

    def _overdue(self, deadline: Micros) -> None:
        if next_deadline(self.cache) == deadline:
            self._tell(TimePassed())

    def _carry_out(self, effect: CacheEffect) -> None:
        match effect:
            case LookedUp(_, model, hit):
                self.log.append(f"{'hit' if hit else 'miss'} {model}")
            case Download(model):
                self.log.append(f"download {model}")
                self._after(self.download_time, Downloaded(model))
            case Load(model):
                self._load(model)
            case Unload(model):
                self.log.append(f"unload {model}")
                self._after(self.unload_time, Unloaded(model))
                self.in_container.discard(model)
            case DeleteFromDisk(model):
                self.log.append(f"delete {model}")
            case Abandon(model):
                self.log.append(f"abandon {model}")
            case Forward(invocation, _, _):
                self.log.append(f"answer {invocation}")
                self._after(self.service_time, Answered(invocation))
            case Refuse(_, model, refusal, _):
                self.log.append(f"refuse {model} {refusal.value}")
            case Took():
                pass

    def _load(self, model: str) -> None:
        if self.places is not None and len(self.in_container) >= self.places:
            self.log.append(f"507 {model}")
            self._after(0, LoadRefused(model))
            return
        self.log.append(f"load {model}")
        self.in_container.add(model)
        self._after(self.load_time, Loaded(model))

    def steps(self) -> list[str]:
        """The log without the answers, which follow from the rest."""
        return [line for line in self.log if not line.startswith("answer")]
