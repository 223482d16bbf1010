"""What happens to a serverless variant, and what its driver has to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pilotlight.hosting.async_request import RequestId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_events import Ended
from pilotlight.hosting.time_passed import TimePassed

ContainerId: TypeAlias = int
"""Counts up within one variant: the lower, the older."""


@dataclass(frozen=True, slots=True)
class Requested:
    """Event: a request has come. Raises ValueError when the id is in use."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class ConcurrencySet:
    """Event: the variant may have other limits. Raises ValueError when more is provisioned than is allowed.

    first: containers to start at once, whatever is provisioned: a deployment tries one. Default: none.
    """

    most: int
    provisioned: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Started:
    """Event: a container answered /ping for the first time."""

    container: ContainerId


@dataclass(frozen=True, slots=True)
class Died:
    """Event: a container ended by itself, or did not start in time."""

    container: ContainerId
    reason: str = "container ended"


@dataclass(frozen=True, slots=True)
class Retired:
    """Event: another configuration serves: no new request comes, and what runs ends when it is done."""


ServerlessEvent: TypeAlias = Requested | Ended | ConcurrencySet | Started | Died | Retired | TimePassed


@dataclass(frozen=True, slots=True)
class StartOne:
    """Effect: start a container, report `Started` or `Died`."""

    container: ContainerId


@dataclass(frozen=True, slots=True)
class Serve:
    """Effect: have the container answer, report `Ended`.

    setup: how long a new container took that the request waited for; None: a warm one was free.
    deadline: when to stop waiting for the answer.
    """

    request: RequestId
    container: ContainerId
    deadline: Micros
    setup: Micros | None = None


@dataclass(frozen=True, slots=True)
class Throttle:
    """Effect: refuse the request with ThrottlingException; it is not queued."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class NotStarted:
    """Effect: the container that a request waited for did not start: the caller gets an error."""

    request: RequestId
    reason: str


@dataclass(frozen=True, slots=True)
class StopOne:
    """Effect: end a container that nobody has needed for long, or that nobody will need."""

    container: ContainerId


ServerlessEffect: TypeAlias = StartOne | Serve | Throttle | NotStarted | StopOne
