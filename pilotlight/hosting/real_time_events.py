"""What happens to a variant that answers at once, and what its driver has to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pilotlight.hosting.async_request import RequestId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.queue_events import InstanceIdle, InstanceJoined, InstanceLeaving, InstanceLost
from pilotlight.hosting.routing_request import RoutingRequest


@dataclass(frozen=True, slots=True)
class Invoked:
    """Event: a request has come for this variant. Raises ValueError when the id is in use."""

    request: RequestId
    routing: RoutingRequest = field(default_factory=RoutingRequest)


@dataclass(frozen=True, slots=True)
class Ended:
    """Event: the caller has an answer, an error or a time-out: the request is no longer in flight."""

    request: RequestId


RealTimeEvent: TypeAlias = Invoked | Ended | InstanceJoined | InstanceLeaving | InstanceLost


@dataclass(frozen=True, slots=True)
class Forward:
    """Effect: invoke the container of this instance, report `Ended`. deadline: when to stop waiting."""

    request: RequestId
    instance: InstanceId
    deadline: Micros


@dataclass(frozen=True, slots=True)
class NoInstance:
    """Effect: no instance is in service: refuse the request, which is not queued (ServiceUnavailable)."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class RequestLost:
    """Effect: the instance is gone and the request with it: the caller gets an error, nobody repeats it."""

    request: RequestId
    instance: InstanceId


RealTimeEffect: TypeAlias = Forward | NoInstance | RequestLost | InstanceIdle
