"""Drives the requests of a multi-model endpoint: routes each to an instance, whose models do the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from pilotlight.hosting import real_time
from pilotlight.hosting.async_metrics import PUBLISH_INTERVAL, Measurement
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.model_affinity import PlainStrategy
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.hosting.random_stream import RandomStream
from pilotlight.hosting.real_time import (
    Ended,
    Forward,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    Invoked,
    NoInstance,
    RealTimeEffect,
    RealTimeEvent,
    RealTimeVariant,
    RequestLost,
)
from pilotlight.hosting.routing import ModelAffinity, RoutingRequest
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.image_catalogue import Label
from pilotlight.local.containers.models_api import ModelsApi
from pilotlight.local.endpoint.instance_models import InstanceModels, ModelsPlace, Thunk
from pilotlight.local.endpoint.line import Instances
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.model_operations import ModelOperations
from pilotlight.local.endpoint.multi_model_metrics import call_metrics, models_metrics, request_metrics
from pilotlight.local.endpoint.target_models import TargetModels
from pilotlight.local.endpoint.targeted_call import TargetedCall, no_instance

_CALLS_AT_ONCE = 256
_OPERATIONS_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How a multi-model endpoint behaves. response_s: seconds on the wall that a model may take to answer.

    strategy: which of several instances takes a request that any of them may take.
    """

    endpoint: str
    variant: str
    strategy: PlainStrategy
    cache: CacheSettings
    has_gpu: bool
    response_s: float


class MultiModelLine:
    """The requests of one endpoint. Methods are for the driver's thread."""

    def __init__(
        self,
        settings: LineSettings,
        *,
        targets: TargetModels,
        clock: ScaledClock,
        measurements: Measurements,
        post: Callable[[Thunk], None],
        random: RandomStream,
    ) -> None:
        self.settings = settings
        self._targets = targets
        self._clock = clock
        self._measurements = measurements
        self._routing = RealTimeVariant(ModelAffinity(settings.strategy), random)
        self._models: dict[InstanceId, InstanceModels] = {}
        self._calls: dict[str, TargetedCall] = {}
        self._samples_at = _next_minute(clock.now())
        self._place = ModelsPlace(
            clock=clock,
            settings=settings.cache,
            response_s=settings.response_s,
            operating=ThreadPoolExecutor(_OPERATIONS_AT_ONCE, thread_name_prefix="models"),
            calling=ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="call"),
            post=post,
            measure=self._publish,
            ended=self._ended,
        )

    def connect(self, instances: Instances) -> None:
        """Tell it who has the instances; once, before anything else."""
        self._instances = instances

    def configure(self, settings: LineSettings, targets: TargetModels) -> None:
        """Have instances that join from now on behave otherwise, or read other models."""
        self.settings, self._targets = settings, targets
        self._routing.strategy = ModelAffinity(settings.strategy)
        self._place = replace(self._place, settings=settings.cache, response_s=settings.response_s)

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet. Any thread may ask."""
        return len(self._calls)

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Requests on each instance."""
        return self._routing.in_flight

    @property
    def models(self) -> Mapping[InstanceId, InstanceModels]:
        """The models of each instance."""
        return self._models

    @property
    def next_deadline(self) -> Micros:
        """When `pass_time` is due."""
        deadlines = [models.next_deadline for models in self._models.values()]
        return min(each for each in (*deadlines, self._samples_at) if each is not None)

    def submit(self, call: TargetedCall) -> None:
        """Take a new request."""
        self._calls[call.id] = call
        self._publish(request_metrics(self._routing.instances))
        holders = frozenset(
            instance for instance, models in self._models.items() if models.cache.holds(call.model.name)
        )
        given = call.invocation
        self._step(Invoked(call.id, RoutingRequest(given.body, given.prefix_aware_id, holders=holders)))

    def join(self, instance: InstanceId) -> None:
        """An instance takes requests from now on."""
        variant, container = self._instances.container_of(instance)
        operations = ModelOperations(ModelsApi(container.port), self._targets, container.folder)
        speed = self._clock.scale if container.plan.label is Label.REAL else 1.0
        self._models[instance] = InstanceModels(self._place, operations, variant, speed=speed)
        self._step(InstanceJoined(instance))

    def leave(self, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no new request; lost: it is gone, with all that ran on it."""
        if lost:
            self._forget(instance)
        self._step(InstanceLost(instance) if lost else InstanceLeaving(instance))

    def pass_time(self, now: Micros) -> None:
        """Refuse what has waited too long, and publish what is published every minute."""
        for models in tuple(self._models.values()):
            models.pass_time()
        if now >= self._samples_at:
            self._samples_at = _next_minute(now)
            for models in self._models.values():
                self._publish(models_metrics(models.cache, has_gpu=self.settings.has_gpu))

    def close(self) -> None:
        """Refuse what is not answered. Containers must be gone before."""
        self._place.operating.shutdown(cancel_futures=True)
        self._place.calling.shutdown(cancel_futures=True)
        for call in tuple(self._calls.values()):
            call.refuse(no_instance(self.settings.endpoint))

    def _step(self, event: RealTimeEvent) -> None:
        self._routing, effects = real_time.step(self._routing, event, self._clock.now())
        for effect in effects:
            self._do(effect)

    def _do(self, effect: RealTimeEffect) -> None:
        match effect:
            case Forward(request, instance):
                self._models[instance].invoke(self._calls[request])
            case NoInstance(request) | RequestLost(request):
                self._calls.pop(request).refuse(no_instance(self.settings.endpoint))
            case InstanceIdle(instance):
                self._forget(instance)
                self._instances.drained(instance)

    def _ended(self, call: TargetedCall, answer: Answer | None, took: Micros) -> None:
        self._calls.pop(call.id, None)
        self._publish(call_metrics(answer, took))
        self._step(Ended(call.id))

    def _forget(self, instance: InstanceId) -> None:
        models = self._models.pop(instance, None)
        if models is not None:
            models.leave()

    def _publish(self, measured: tuple[Measurement, ...]) -> None:
        self._measurements.put(measured, self.settings.variant)


def _next_minute(now: Micros) -> Micros:
    return (now // PUBLISH_INTERVAL + 1) * PUBLISH_INTERVAL
