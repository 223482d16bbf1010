"""What happens to an asynchronous queue, and what its driver has to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pilotlight.hosting.async_request import AsyncRequest, Outcome, RequestId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.queue_state import QueueSettings
from pilotlight.hosting.time_passed import TimePassed


@dataclass(frozen=True, slots=True)
class Submitted:
    """Event: InvokeEndpointAsync was accepted. Raises ValueError when the id is in use."""

    request: AsyncRequest


@dataclass(frozen=True, slots=True)
class InstanceJoined:
    """Event: an instance is in service and takes requests. Raises ValueError when it is there already."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class InstanceLeaving:
    """Event: an instance takes no new request; `InstanceIdle` follows when it has none left."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class InstanceLost:
    """Event: an instance is gone with everything that ran on it. One that is gone already changes nothing."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class Answered:
    """Event: the model answered. attempt: as in the `Dispatch`; answers to older attempts change nothing."""

    request: RequestId
    attempt: int


@dataclass(frozen=True, slots=True)
class ModelFailed:
    """Event: the model answered with an error, or the input or output could not be moved."""

    request: RequestId
    attempt: int
    reason: str


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Event: other settings hold from now on. What runs goes on, also when it is more than they allow."""

    settings: QueueSettings


QueueEvent: TypeAlias = (
    Submitted
    | InstanceJoined
    | InstanceLeaving
    | InstanceLost
    | Answered
    | ModelFailed
    | SettingsChanged
    | TimePassed
)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Effect: invoke the model on this instance. attempt: 1 the first time. deadline: when it times out."""

    request: RequestId
    instance: InstanceId
    attempt: int
    deadline: Micros


@dataclass(frozen=True, slots=True)
class Abandon:
    """Effect: stop waiting for this invocation, it timed out."""

    request: RequestId
    instance: InstanceId
    attempt: int


@dataclass(frozen=True, slots=True)
class Ended:
    """Effect: the request has its final state. Every submitted request gets exactly one.

    dispatched: when its last attempt began; None: it never left the queue. attempts: how often it was
      dispatched.
    """

    request: RequestId
    outcome: Outcome
    reason: str | None
    submitted: Micros
    dispatched: Micros | None
    ended: Micros
    attempts: int


@dataclass(frozen=True, slots=True)
class InstanceIdle:
    """Effect: an instance that is leaving has no request left, and the queue has forgotten it."""

    instance: InstanceId


QueueEffect: TypeAlias = Dispatch | Abandon | Ended | InstanceIdle
