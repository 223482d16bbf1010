"""Drives the models of one instance: what `hosting.model_cache` decides, this does with a real container."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import assert_never

from pilotlight.hosting import model_cache
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.model_cache import (
    Abandon,
    Answered,
    CacheEffect,
    CacheEvent,
    CacheSettings,
    DeleteFromDisk,
    Download,
    Forward,
    Invoked,
    InvokeRefused,
    Load,
    LookedUp,
    ModelCache,
    Refuse,
    TimePassed,
    Took,
    Unload,
)
from pilotlight.hosting.model_cache_metrics import effect_metrics
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.models_api import NO_ROOM
from pilotlight.local.endpoint.model_operations import ModelOperations
from pilotlight.local.endpoint.targeted_call import TargetedCall, refusal_of

Thunk = Callable[[], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelsPlace:
    """What the instances of one endpoint share.

    post: brings a result back to the driver's thread. measure: publishes values. ended: told of a call that
    is settled, with the answer and the time the model took, or with None when it was refused.
    """

    clock: ScaledClock
    settings: CacheSettings
    response_s: float
    """Seconds on the wall that a model may take to answer."""
    operating: ThreadPoolExecutor
    calling: ThreadPoolExecutor
    post: Callable[[Thunk], None]
    measure: Callable[[tuple[Measurement, ...]], None]
    ended: Callable[[TargetedCall, Answer | None, Micros], None]


class InstanceModels:
    """The models of one instance. All methods are for the driver's thread.

    speed: how many times faster SageMaker's clock runs than the container works: what it takes is published
    in its own time.
    """

    def __init__(
        self, place: ModelsPlace, operations: ModelOperations, variant: str, *, speed: float
    ) -> None:
        self.cache = ModelCache(place.settings)
        self.variant = variant
        self._place = place
        self._operations = operations
        self._speed = speed
        self._calls: dict[str, TargetedCall] = {}
        self._is_gone = False

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        return model_cache.next_deadline(self.cache)

    def invoke(self, call: TargetedCall) -> None:
        """Have a model of this instance answer, once it is loaded."""
        self._calls[call.id] = call
        self._step(Invoked(call.id, call.model))

    def pass_time(self) -> None:
        """Refuse who has waited too long."""
        self._step(TimePassed())

    def leave(self) -> None:
        """The instance is gone: what is still reported of it does not matter."""
        self._is_gone = True
        self._operations.clear()

    def _step(self, event: CacheEvent) -> None:
        if self._is_gone:
            return
        self.cache, effects = model_cache.step(self.cache, event, self._place.clock.now())
        for effect in effects:
            self._place.measure(tuple(self._in_own_time(each) for each in effect_metrics(effect)))
            self._do(effect)

    def _do(self, effect: CacheEffect) -> None:
        operations = self._operations
        match effect:
            case Download(model):
                self._operate(lambda: operations.download(model))
            case Load(model):
                self._operate(lambda: operations.load(model))
            case Unload(model):
                self._operate(lambda: operations.unload(model))
            case DeleteFromDisk(model):
                operations.delete(model)
            case Forward(invocation):
                self._place.calling.submit(self._call, self._calls[invocation])
            case Refuse(invocation):
                call = self._calls.pop(invocation)
                call.refuse(refusal_of(effect))
                self._place.ended(call, None, 0)
            case Abandon() | LookedUp() | Took():
                pass  # nothing here can be broken off; the others are measurements
            case _ as never:
                assert_never(never)

    def _operate(self, operation: Callable[[], CacheEvent]) -> None:
        def run() -> None:
            event = operation()
            self._place.post(lambda: self._step(event))

        self._place.operating.submit(run)

    def _call(self, call: TargetedCall) -> None:
        clock, began = self._place.clock, self._place.clock.now()
        answer = self._operations.invoke(call.model.name, call.invocation, self._place.response_s)
        took = clock.now() - began
        self._place.post(lambda: self._take(call, answer, took))

    def _take(self, call: TargetedCall, answer: Answer, took: Micros) -> None:
        if self._is_gone:
            return
        if answer.status == NO_ROOM:
            self._step(InvokeRefused(call.id))
            return
        del self._calls[call.id]
        call.answer(answer, self.variant)
        self._place.ended(call, answer, round(took / self._speed))
        self._step(Answered(call.id))

    def _in_own_time(self, measured: Measurement) -> Measurement:
        metric, value = measured
        return metric, value / self._speed if metric.unit == "Microseconds" else value
