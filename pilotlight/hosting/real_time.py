"""A variant that answers at once: every request goes to an instance the moment it comes, none waits here.

`RealTimeVariant` is an owned object: `step` changes it in place and returns it, as the queue of an
asynchronous endpoint does. What a multi-model instance does with its request is `model_cache`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from pilotlight.catalog.routing import CONTAINER_RESPONSE
from pilotlight.hosting.async_request import RequestId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.longest_time import longest_time
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.queue_events import InstanceIdle, InstanceJoined, InstanceLeaving, InstanceLost
from pilotlight.hosting.real_time_events import (
    Ended,
    Forward,
    Invoked,
    NoInstance,
    RealTimeEffect,
    RealTimeEvent,
    RequestLost,
)
from pilotlight.hosting.routing import RandomStream, RoutingStrategy, choose

__all__ = [
    "Ended",
    "Forward",
    "InstanceIdle",
    "InstanceJoined",
    "InstanceLeaving",
    "InstanceLost",
    "Invoked",
    "NoInstance",
    "RealTimeEffect",
    "RealTimeEvent",
    "RealTimeVariant",
    "RequestLost",
    "step",
]

_RESPONSE: Micros = longest_time(CONTAINER_RESPONSE)


@dataclass(slots=True)
class RealTimeVariant:
    """The state: which instances take requests, and what is in flight on each.

    random: the stream of chance for the strategy. response: longest time a container may take. Default: 60
      seconds.
    """

    strategy: RoutingStrategy
    random: RandomStream
    response: Micros = _RESPONSE
    taking: dict[InstanceId, int] = field(default_factory=dict, repr=False)
    leaving: dict[InstanceId, int] = field(default_factory=dict, repr=False)
    running: dict[RequestId, InstanceId] = field(default_factory=dict, repr=False)

    @property
    def in_flight(self) -> Mapping[InstanceId, int]:
        """Requests on each instance, leaving ones included: also the load for choosing what goes first."""
        return {**self.taking, **self.leaving}

    @property
    def instances(self) -> int:
        """Instances that take requests."""
        return len(self.taking)


def step(
    state: RealTimeVariant, event: RealTimeEvent, now: Micros
) -> tuple[RealTimeVariant, tuple[RealTimeEffect, ...]]:
    """Take in an event. A refused event (ValueError) changes nothing; one about what is gone neither."""
    match event:
        case Invoked():
            return state, (_route(state, event, now),)
        case Ended(request):
            return state, _end(state, request)
        case InstanceJoined(instance):
            if instance in state.in_flight:
                raise ValueError(f"instance, got {instance} again, allowed once until it is idle or lost")
            state.taking[instance] = 0
            return state, ()
        case InstanceLeaving(instance):
            return state, _leave(state, instance)
        case InstanceLost(instance):
            return state, _lose(state, instance)
        case _ as never:
            assert_never(never)


def _route(state: RealTimeVariant, event: Invoked, now: Micros) -> RealTimeEffect:
    if event.request in state.running:
        raise ValueError(f"request id, got {event.request!r} again, allowed once until it has ended")
    instance = choose(state.strategy, state.taking, event.routing, state.random)
    if instance is None:
        return NoInstance(event.request)
    state.taking[instance] += 1
    state.running[event.request] = instance
    return Forward(event.request, instance, now + state.response)


def _end(state: RealTimeVariant, request: RequestId) -> tuple[RealTimeEffect, ...]:
    instance = state.running.pop(request, None)
    if instance is None:
        return ()
    if instance in state.taking:
        state.taking[instance] -= 1
        return ()
    state.leaving[instance] -= 1
    return _forget_if_idle(state, instance)


def _leave(state: RealTimeVariant, instance: InstanceId) -> tuple[RealTimeEffect, ...]:
    if instance not in state.taking:
        return ()
    state.leaving[instance] = state.taking.pop(instance)
    return _forget_if_idle(state, instance)


def _forget_if_idle(state: RealTimeVariant, instance: InstanceId) -> tuple[RealTimeEffect, ...]:
    if state.leaving[instance] > 0:
        return ()
    del state.leaving[instance]
    return (InstanceIdle(instance),)


def _lose(state: RealTimeVariant, instance: InstanceId) -> tuple[RealTimeEffect, ...]:
    state.taking.pop(instance, None)
    state.leaving.pop(instance, None)
    lost = [request for request, where in state.running.items() if where == instance]
    for request in lost:
        del state.running[request]
    return tuple(RequestLost(request, instance) for request in lost)
