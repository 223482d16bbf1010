"""Drives the queue of an endpoint: what `hosting.async_queue` decides, this does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

from pilotlight.hosting import async_queue
from pilotlight.hosting.async_queue import (
    Abandon,
    Answered,
    AsyncQueue,
    Dispatch,
    Ended,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    ModelFailed,
    QueueEffect,
    QueueEvent,
    QueueSettings,
    SettingsChanged,
    Submitted,
    TimePassed,
)
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container import Container
from pilotlight.local.endpoint.line import Instances
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.model_call import CallResult, ModelCall
from pilotlight.local.endpoint.open_request import OpenRequest
from pilotlight.local.endpoint.result_writer import ResultWriter

Thunk = Callable[[], None]

_CALLS_AT_ONCE = 256
_RESULTS_AT_ONCE = 16

logger = logging.getLogger(__name__)


class RequestLine:
    """The requests of one endpoint. Methods are for the driver's thread; `post` brings results back to it."""

    def __init__(
        self,
        settings: QueueSettings,
        *,
        clock: ScaledClock,
        calls: ModelCall,
        results: ResultWriter,
        measurements: Measurements,
        post: Callable[[Thunk], None],
    ) -> None:
        self.queue = AsyncQueue(settings)
        self._clock = clock
        self._calls = calls
        self._results = results
        self._measurements = measurements
        self._post = post
        self._open: dict[str, OpenRequest] = {}
        self._calling = ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="call")
        self._finishing = ThreadPoolExecutor(_RESULTS_AT_ONCE, thread_name_prefix="result")

    def connect(self, instances: Instances) -> None:
        """Tell it who has the instances; once, before anything else."""
        self._instances = instances

    @property
    def in_flight(self) -> int:
        """Requests that wait or are in process. Any thread may ask."""
        return self.queue.waiting + self.queue.in_process

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Requests on each instance."""
        return self.queue.load

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        return async_queue.next_deadline(self.queue)

    def change_settings(self, settings: QueueSettings) -> None:
        """Have other settings from now on; what runs goes on."""
        self._step(SettingsChanged(settings))

    def submit(self, request: OpenRequest) -> None:
        """Take a new request."""
        self._open[request.id] = request
        self._step(Submitted(request.queued))

    def join(self, instance: InstanceId) -> None:
        """An instance takes requests from now on."""
        self._step(InstanceJoined(instance))

    def leave(self, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no new request; lost: it is gone, with all that ran on it."""
        self._step(InstanceLost(instance) if lost else InstanceLeaving(instance))

    def pass_time(self, now: Micros) -> None:  # noqa: ARG002 - every step asks the clock
        """End what is overdue."""
        self._step(TimePassed())

    def close(self) -> None:
        """Drop what waits and wait for what is under way. Containers must be gone before."""
        self._calling.shutdown(cancel_futures=True)
        self._finishing.shutdown(cancel_futures=True)

    def _step(self, event: QueueEvent) -> None:
        self.queue, effects = async_queue.step(self.queue, event, self._clock.now())
        for effect in effects:
            self._do(effect)

    def _do(self, effect: QueueEffect) -> None:
        match effect:
            case Dispatch():
                self._dispatch(effect)
            case Ended():
                self._finishing.submit(self._finish, self._open.pop(effect.request), effect)
            case InstanceIdle(instance):
                self._instances.drained(instance)
            case Abandon():
                pass  # the call gives up at the same deadline by itself
            case _ as never:
                assert_never(never)

    def _dispatch(self, dispatch: Dispatch) -> None:
        request = self._open[dispatch.request]
        request.attempt, request.answer = dispatch.attempt, None
        request.variant, container = self._instances.container_of(dispatch.instance)
        self._calling.submit(self._call, request, container, dispatch)

    def _call(self, request: OpenRequest, container: Container, dispatch: Dispatch) -> None:
        try:
            result = self._calls.make(request, container, dispatch.deadline)
        except Exception as error:
            logger.exception("request %s", request.inference_id)
            result = CallResult(failure=f"InternalError: {error}")
        self._measurements.put(result.measured, request.variant)
        if not result.is_lost:
            self._post(lambda: self._take(request, dispatch.attempt, result))

    def _take(self, request: OpenRequest, attempt: int, result: CallResult) -> None:
        """Only the attempt that runs now counts: an older one must not leave its answer behind."""
        if self._open.get(request.id) is not request or request.attempt != attempt:
            return
        request.answer = result.answer
        if result.failure is None:
            self._step(Answered(request.id, attempt))
        else:
            self._step(ModelFailed(request.id, attempt, result.failure))

    def _finish(self, request: OpenRequest, ended: Ended) -> None:
        try:
            self._results.finish(request, ended)
        except Exception:
            logger.exception(
                "request %s ended as %s, which nobody was told", request.inference_id, ended.outcome
            )
