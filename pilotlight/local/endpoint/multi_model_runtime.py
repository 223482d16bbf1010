"""One running multi-model endpoint: what the control plane starts, changes, asks, and stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace

from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.model_memory import model_memory_mib
from pilotlight.catalog.routing import CONTAINER_RESPONSE
from pilotlight.hosting.instance import LaunchTiming
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.endpoint_description import EndpointDescription, VariantDescription
from pilotlight.local.control_plane.records import (
    ContainerDefinition,
    EndpointConfigRecord,
    ModelRecord,
)
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.driver import Driver
from pilotlight.local.endpoint.fleet import FleetPlace
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.multi_model_line import LineSettings, MultiModelLine
from pilotlight.local.endpoint.rollout import Rollout
from pilotlight.local.endpoint.target_models import MEBIBYTE, TargetModels
from pilotlight.local.endpoint.targeted_call import TargetedCall, no_instance
from pilotlight.local.metric_sink import MetricSink

AT_LEAST_S = 30.0
"""Seconds on the wall that a model has at least to load, and then to answer: real containers are no faster
when SageMaker's clock runs faster."""

_ANSWER_MARGIN_S = 30.0


class MultiModelRuntime:
    """Makes a multi-model endpoint true: containers, models, answers, metrics. Thread-safe.

    on_change: called, on the driver's thread, when `describe` tells something new other than the backlog.
    timing: how long instances take to come, in SageMaker time. Default: what hosting assumes.
    cache: how an instance keeps its models. Default: the memory of the instance type, patience as SageMaker
    has it but at least half a minute on the wall.
    """

    def __init__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        aws: Aws,
        clock: ScaledClock,
        metrics: MetricSink,
        containers: ContainerHost,
        on_change: Callable[[], None],
        timing: LaunchTiming | None = None,
        cache: CacheSettings | None = None,
    ) -> None:
        self._name, self._clock, self._aws = name, clock, aws
        self._config, self._models = config, models
        self._on_change = on_change
        self._description = _before_start(config)
        self._driver = Driver(
            name, clock, next_deadline=self._next_deadline, pass_time=self._pass_time, after=self._look
        )
        self._cache = cache
        self._targets = self._targets_of(config, models)
        self._line = MultiModelLine(
            self._settings_of(config, models),
            targets=self._targets,
            clock=clock,
            measurements=Measurements(metrics, name),
            post=self._driver.post,
        )
        place = FleetPlace(
            name, clock, containers, LaunchTiming() if timing is None else timing, self._driver.post
        )
        self._rollout = Rollout(place, self._line)

    def start(self) -> None:
        """Begin to create the endpoint; it comes into service later."""
        self._driver.post(lambda: self._begin(retains=False))
        self._driver.start()

    def update(
        self,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        *,
        retain_variant_properties: bool,
    ) -> None:
        """Begin to replace the instances by those of another configuration."""
        self._config, self._models = config, models
        self._driver.call(lambda: self._begin(retains=retain_variant_properties))

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        self._driver.call(lambda: self._rollout.set_desired(variant, count))

    def describe(self) -> EndpointDescription:
        """The state of the endpoint now."""
        return replace(self._description, backlog=self._line.in_flight)

    def invoke_async(self, request: AsyncInvocation) -> AcceptedInvocation:
        """Refuse: it answers at once. Raises InvocationRefused."""
        msg = f"Endpoint {request.endpoint_name} is not an asynchronous endpoint."
        raise InvocationRefused(msg)

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have a model answer, and wait for it. Raises ApiError."""
        if request.target_model is None:
            msg = f"Endpoint {self._name} has many models: TargetModel must be given, got none."
            raise InvocationRefused(msg)
        call = TargetedCall(request, self._targets.describe(request.target_model))
        self._driver.post(lambda: self._line.submit(call))
        try:
            return call.done.result(self._answers_within_s)
        except FutureTimeoutError as error:
            raise no_instance(self._name) from error

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Refuse: the streaming call names no target model. Raises InvocationRefused."""
        msg = f"Endpoint {request.endpoint_name} has many models: they do not answer in streams."
        raise InvocationRefused(msg)

    def set_weight(self, variant: str, weight: float) -> None:
        """Do nothing: it has one variant."""

    def loaded_models(self) -> Mapping[int, tuple[str, ...]]:
        """The models that each instance has, in the order they were loaded."""
        found: dict[int, tuple[str, ...]] = {}
        self._driver.call(
            lambda: found.update({key: each.cache.loaded for key, each in self._line.models.items()})
        )
        return found

    def stop(self) -> None:
        """End everything and refuse what is not answered. All containers are gone when this returns."""
        self._driver.stop()
        for fleet in self._rollout.fleets:
            fleet.end_all()
        self._line.close()

    @property
    def _answers_within_s(self) -> float:
        settings = self._line.settings
        return self._clock.wall_seconds(settings.cache.patience) + settings.response_s + _ANSWER_MARGIN_S

    def _targets_of(self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> TargetModels:
        return TargetModels.of(_container(config, models), self._aws)

    def _settings_of(self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> LineSettings:
        instance_type, clock = str(config.variants[0].instance_type), self._clock
        enabled = _container(config, models).caches_models
        own = cache_settings(instance_type, clock, enabled=enabled)
        return LineSettings(
            endpoint=self._name,
            cache=own if self._cache is None else self._cache,
            has_gpu=processor_of(instance_type) == "gpu",
            response_s=max(AT_LEAST_S, clock.wall_seconds((CONTAINER_RESPONSE.maximum or 0) * SECOND)),
        )

    def _begin(self, *, retains: bool) -> None:
        self._targets = self._targets_of(self._config, self._models)
        self._line.configure(self._settings_of(self._config, self._models), self._targets)
        self._rollout.begin(self._config, self._models, retains=retains)

    def _next_deadline(self) -> Micros | None:
        deadlines = (self._rollout.next_deadline, self._line.next_deadline)
        return min(each for each in deadlines if each is not None)

    def _pass_time(self, now: Micros) -> None:
        self._rollout.pass_time(now)
        self._line.pass_time()

    def _look(self) -> None:
        if self._rollout.take_change():
            self._description = self._rollout.describe()
            self._on_change()


def _container(config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> ContainerDefinition:
    """The one container of the one variant: SageMaker has no multi-model endpoints of several models."""
    return models[str(config.variants[0].model_name)].containers[0]


def cache_settings(instance_type: str, clock: ScaledClock, *, enabled: bool) -> CacheSettings:
    """How an instance of this type keeps its models here."""
    memory = model_memory_mib(instance_type)
    stretch = max(1.0, AT_LEAST_S / clock.wall_seconds(CacheSettings().patience))
    return CacheSettings(
        memory=None if memory is None else memory * MEBIBYTE,
        enabled=enabled,
        patience=round(CacheSettings().patience * stretch),
        fetch_limit=round(CacheSettings().fetch_limit * stretch),
    )


def _before_start(config: EndpointConfigRecord) -> EndpointDescription:
    variants = tuple(
        VariantDescription(each.name, 0, each.initial_instance_count) for each in config.variants
    )
    return EndpointDescription("Creating", config.name, variants)
