"""One running multi-model endpoint: instances that keep the models they are asked for in memory."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import ClassVar

from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.metrics import MEMORY_UTILIZATION
from pilotlight.catalog.model_memory import model_memory_mib
from pilotlight.catalog.routing import CONTAINER_RESPONSE
from pilotlight.hosting.invocation_target import TargetRules
from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.instances_runtime import InstancesRuntime
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.multi_model_line import LineSettings, MultiModelLine
from pilotlight.local.endpoint.routing_strategy import strategy_of
from pilotlight.local.endpoint.target_models import MEBIBYTE, TargetModels
from pilotlight.local.endpoint.targeted_call import TargetedCall, no_instance

AT_LEAST_S = 30.0
"""Seconds on the wall that a model has at least to load, and then to answer: real containers are no faster
when SageMaker's clock runs faster."""

_ANSWER_MARGIN_S = 30.0


class MultiModelRuntime(InstancesRuntime[MultiModelLine]):
    """Makes a multi-model endpoint true: containers, models, answers, metrics."""

    publishes_itself: ClassVar = (MEMORY_UTILIZATION,)
    """By the declared sizes of the models: what a container of many models takes says nothing of them."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:
        """Whether a container of it has models that come one by one."""
        names = [name for name in config.model_names if name in models]
        return any(each.is_multi_model for name in names for each in models[name].containers)

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have a model answer, and wait for it. Raises ApiError."""
        refusal = TargetRules(models=True).refusal(self._name, request.target)
        if refusal is not None:
            raise InvocationRefused(refusal)
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

    def loaded_models(self) -> Mapping[int, tuple[str, ...]]:
        """The models that each instance has, in the order they were loaded."""
        found: dict[int, tuple[str, ...]] = {}
        self._driver.call(
            lambda: found.update({key: each.cache.loaded for key, each in self._line.models.items()})
        )
        return found

    @property
    def _answers_within_s(self) -> float:
        settings = self._line.settings
        return self._clock.wall_seconds(settings.cache.patience) + settings.response_s + _ANSWER_MARGIN_S

    def _make_line(self) -> MultiModelLine:
        self._targets = self._present_targets()
        return MultiModelLine(
            self._present_settings(),
            targets=self._targets,
            clock=self._clock,
            measurements=self._measurements,
            post=self._driver.post,
            random=self._around.random,
        )

    def _present_targets(self) -> TargetModels:
        return TargetModels.of(self._container, self._around.aws)

    def _present_settings(self) -> LineSettings:
        variant, clock = self._config.variants[0], self._clock
        instance_type = str(variant.instance_type)
        own = cache_settings(instance_type, clock, enabled=self._container.caches_models)
        return LineSettings(
            endpoint=self._name,
            variant=variant.name,
            strategy=strategy_of(variant),
            cache=own if self._around.cache is None else self._around.cache,
            has_gpu=processor_of(instance_type) == "gpu",
            response_s=max(AT_LEAST_S, clock.wall_seconds((CONTAINER_RESPONSE.maximum or 0) * SECOND)),
        )

    @property
    def _container(self) -> ContainerDefinition:
        """The one container of the one variant: SageMaker has no multi-model endpoints of several models."""
        return self._models[str(self._config.variants[0].model_name)].containers[0]

    def _begin(self, *, retains: bool) -> None:
        self._targets = self._present_targets()
        self._line.configure(self._present_settings(), self._targets)
        super()._begin(retains=retains)

    def _end(self) -> None:
        super()._end()
        self._line.close()


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
