"""Drives the requests of a real-time endpoint: which variant and which instance each of them goes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from random import Random
from typing import assert_never

from pilotlight.hosting import real_time
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
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
from pilotlight.hosting.real_time_metrics import CONCURRENCY_INTERVAL, arrival_metrics, concurrency_metrics
from pilotlight.hosting.routing import RandomStream, RoutingRequest
from pilotlight.hosting.shadow import is_copied
from pilotlight.hosting.variant_weights import VariantWeights, choose_variant
from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.variant_record import VariantRecord
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.direct_call import DirectCall, Routed
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.line import Instances
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.routing_strategy import strategy_of


class RealTimeLine:
    """The requests of one endpoint. Methods are for the driver's thread.

    serving: gives the configuration in service; None before the first one is.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        serving: Callable[[], EndpointConfigRecord | None],
        clock: ScaledClock,
        measurements: Measurements,
        random: RandomStream | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._serving = serving
        self._clock = clock
        self._measurements = measurements
        self._random: RandomStream = Random() if random is None else random
        self._variants: dict[str, RealTimeVariant] = {}
        self._variant_of: dict[InstanceId, str] = {}
        self._weights: dict[str, float] = {}
        self.next_deadline: Micros = _next_sample(clock.now())

    def connect(self, instances: Instances) -> None:
        """Tell it who has the instances; once, before anything else."""
        self._instances = instances

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Requests on each instance."""
        loads: dict[InstanceId, int] = {}
        for variant in self._variants.values():
            loads |= variant.in_flight
        return loads

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet. Any thread may ask."""
        return sum(len(variant.running) for variant in tuple(self._variants.values()))

    def set_weight(self, variant: str, weight: float) -> None:
        """Give a variant another share of the requests, whatever its configuration says."""
        self._weights[variant] = weight

    def forget_weights(self) -> None:
        """Go by the configuration again."""
        self._weights.clear()

    def submit(self, call: DirectCall) -> None:
        """Say where a new request goes."""
        config = self._serving()
        if config is None:
            call.place.set_exception(_unavailable(self._endpoint))
            return
        try:
            call.variant = self._choose(config, call.invocation.target_variant)
        except ApiError as error:
            call.place.set_exception(error)
            return
        self._copy(call, config, call.variant)
        self._route(call, call.variant)

    def end(self, call: DirectCall) -> None:
        """The caller has its answer, or an error."""
        if call.variant is not None:
            self._do(self._step(call.variant, Ended(call.id)))

    def join(self, instance: InstanceId) -> None:
        """An instance takes requests from now on."""
        variant, _ = self._instances.container_of(instance)
        config = self._serving()
        assert config is not None  # noqa: S101 - instances join the generation that serves
        strategy = strategy_of(config.variant(variant))
        known = self._variants.setdefault(variant, RealTimeVariant(strategy, self._random))
        known.strategy = strategy  # another configuration may have another one
        self._variant_of[instance] = variant
        self._step(variant, InstanceJoined(instance))

    def leave(self, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no new request; lost: it is gone, with all that ran on it."""
        event = InstanceLost(instance) if lost else InstanceLeaving(instance)
        self._do(self._step(self._variant_of[instance], event))
        if lost:
            del self._variant_of[instance]

    def pass_time(self, now: Micros) -> None:
        """Publish what is published every ten seconds."""
        if now >= self.next_deadline:
            self.next_deadline = _next_sample(now)
            for name, variant in self._variants.items():
                self._measurements.put(concurrency_metrics(variant), name)

    def _copy(self, call: DirectCall, config: EndpointConfigRecord, variant: str) -> None:
        weight = self._weight(config.variant(variant))
        for shadow in config.shadows:
            if is_copied(self._weight(shadow), weight, self._random):
                copy = DirectCall(call.invocation, variant=shadow.name)
                call.copies.append(copy)
                self._route(copy, shadow.name)

    def _route(self, call: DirectCall, variant: str) -> None:
        routing = RoutingRequest(call.invocation.body, call.invocation.prefix_aware_id)
        for effect in self._step(variant, Invoked(call.id, routing)):
            self._place(call, variant, effect)

    def _choose(self, config: EndpointConfigRecord, target: str | None) -> str:
        weights = {each.name: self._weight(each) for each in config.variants}
        try:
            chosen = choose_variant(VariantWeights(weights), self._random, target=target)
        except LookupError as error:
            msg = (
                f"Could not find variant {target} of endpoint {self._endpoint}: it has {', '.join(weights)}."
            )
            raise InvocationRefused(msg) from error
        if chosen is None:
            msg = f"Every variant of endpoint {self._endpoint} has weight 0: TargetVariant must name one."
            raise InvocationRefused(msg)
        return chosen

    def _weight(self, variant: VariantRecord) -> float:
        return self._weights.get(variant.name, variant.initial_weight)

    def _place(self, call: DirectCall, variant: str, effect: RealTimeEffect) -> None:
        if not isinstance(effect, Forward):
            call.place.set_exception(_unavailable(self._endpoint))
            return
        self._measurements.put(arrival_metrics(self._variants[variant].instances), variant)
        containers = self._instances.containers_of(effect.instance)
        call.place.set_result(Routed(variant, containers, effect.deadline))

    def _step(self, variant: str, event: RealTimeEvent) -> tuple[RealTimeEffect, ...]:
        state = self._variants.get(variant)
        if state is None:  # nothing of this variant has ever been in service
            return (NoInstance(event.request),) if isinstance(event, Invoked) else ()
        _, effects = real_time.step(state, event, self._clock.now())
        return effects

    def _do(self, effects: tuple[RealTimeEffect, ...]) -> None:
        for effect in effects:
            match effect:
                case InstanceIdle(instance):
                    del self._variant_of[instance]
                    self._instances.drained(instance)
                case RequestLost() | Forward() | NoInstance():
                    pass  # whoever forwards the request sees itself that the container is gone
                case _ as never:
                    assert_never(never)


def _unavailable(endpoint: str) -> ApiError:
    msg = f"Endpoint {endpoint} has no instance that could take the request."
    return ApiError("ServiceUnavailable", msg, HTTPStatus.SERVICE_UNAVAILABLE)


def _next_sample(now: Micros) -> Micros:
    return (now // CONCURRENCY_INTERVAL + 1) * CONCURRENCY_INTERVAL
