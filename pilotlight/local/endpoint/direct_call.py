"""An invocation on its way: where it goes, and who waits to know."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from uuid import uuid4

from pilotlight.hosting.micros import Micros
from pilotlight.local.containers.container import Container
from pilotlight.local.endpoint.direct_invocation import DirectInvocation


@dataclass(frozen=True, slots=True)
class Routed:
    """Where an invocation goes. deadline: when to stop waiting for the containers, which are by host name."""

    variant: str
    containers: Mapping[str, Container]
    deadline: Micros


@dataclass(slots=True)
class DirectCall:
    """An invocation that waits to be routed. Its place: where it goes, or why it goes nowhere.

    copies: what goes to shadow variants, complete when it has its place.
    """

    invocation: DirectInvocation
    id: str = field(default_factory=lambda: str(uuid4()))
    place: Future[Routed] = field(default_factory=Future)
    variant: str | None = None
    copies: list[DirectCall] = field(default_factory=list)
