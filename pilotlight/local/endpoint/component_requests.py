"""Drives the requests for inference components: which copy each of them goes to."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.catalog.inference_components import NO_CAPACITY
from pilotlight.hosting import real_time
from pilotlight.hosting.component import CopyId
from pilotlight.hosting.component_metrics import component_arrival_metrics, component_sample_metrics
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.queue_events import InstanceIdle, InstanceJoined, InstanceLeaving, InstanceLost
from pilotlight.hosting.real_time import Ended, Forward, Invoked, RealTimeEvent, RealTimeVariant
from pilotlight.hosting.routing import RandomStream, RoutingRequest, RoutingStrategy
from pilotlight.local.clock import ScaledClock
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.copy_containers import CopyContainers
from pilotlight.local.endpoint.direct_call import DirectCall, Routed
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.measurements import Measurements


class ComponentRequests:
    """The requests for the copies on one variant. All methods are for the driver's thread."""

    def __init__(
        self,
        variant: str,
        containers: CopyContainers,
        measurements: Measurements,
        clock: ScaledClock,
        *,
        strategy: RoutingStrategy,
        random: RandomStream,
    ) -> None:
        self._variant, self._containers, self._measurements = variant, containers, measurements
        self._clock, self._strategy, self._random = clock, strategy, random
        self._components: dict[str, RealTimeVariant] = {}
        self._copies_of: dict[str, str] = {}

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet. Any thread may ask."""
        return sum(len(each.running) for each in tuple(self._components.values()))

    def load(self, component: str) -> Mapping[CopyId, int]:
        """Requests on each copy of a component."""
        known = self._components.get(component)
        return {} if known is None else known.in_flight

    def submit(self, call: DirectCall, component: str) -> None:
        """Say which copy a new request goes to; component: whose copies answer."""
        call.variant = self._variant
        self._copies_of[call.id] = component
        known, named = self._components.get(component), str(call.invocation.component)
        copies = 0 if known is None else known.instances
        self._measurements.put(component_arrival_metrics(copies), self._variant, component=named)
        routing = RoutingRequest(call.invocation.body, call.invocation.prefix_aware_id)
        for effect in self._step(component, Invoked(call.id, routing)):
            if isinstance(effect, Forward):
                only = {named: self._containers.of(effect.instance)}
                call.place.set_result(Routed(self._variant, only, effect.deadline))
        if not call.place.done():
            call.place.set_exception(_no_capacity())

    def end(self, call: DirectCall) -> tuple[CopyId, ...]:
        """The caller has its answer, or an error; gives the copies that are idle for good now."""
        component = self._copies_of.pop(call.id, None)
        return () if component is None else self._idle(component, Ended(call.id))

    def join(self, component: str, copy: CopyId) -> None:
        """A copy takes requests from now on."""
        self._components.setdefault(component, RealTimeVariant(self._strategy, self._random))
        self._step(component, InstanceJoined(copy))

    def leave(self, component: str, copy: CopyId, *, lost: bool) -> tuple[CopyId, ...]:
        """A copy takes no new request; gives it when it has none left."""
        return self._idle(component, InstanceLost(copy) if lost else InstanceLeaving(copy))

    def measure(self) -> None:
        """Publish what is in flight."""
        for name, component in self._components.items():
            self._measurements.put(component_sample_metrics(component), self._variant, component=name)

    def _idle(self, component: str, event: RealTimeEvent) -> tuple[CopyId, ...]:
        effects = self._step(component, event)
        return tuple(effect.instance for effect in effects if isinstance(effect, InstanceIdle))

    def _step(self, component: str, event: RealTimeEvent) -> tuple[real_time.RealTimeEffect, ...]:
        state = self._components.get(component)
        if state is None:  # no copy of it has ever been in service
            return ()
        now: Micros = self._clock.now()
        return real_time.step(state, event, now)[1]


def _no_capacity() -> ApiError:
    more = "ApplicationAutoScaling may be in-progress (if configured) or try to increase the capacity by"
    return InvocationRefused(f"{NO_CAPACITY} {more} invoking UpdateInferenceComponentRuntimeConfig API.")
