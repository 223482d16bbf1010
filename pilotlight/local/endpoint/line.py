"""What the instances of an endpoint need of whatever hands them their requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pilotlight.hosting.instance import InstanceId
from pilotlight.local.containers.container import Container
from pilotlight.local.endpoint.timed import Timed


class Instances(Protocol):
    """The instances, as a line of requests sees them."""

    def variant_of(self, instance: InstanceId) -> str:
        """The variant of an instance."""

    def container_of(self, instance: InstanceId) -> tuple[str, Container]:
        """The variant and the first container of an instance that has joined."""

    def containers_of(self, instance: InstanceId) -> Mapping[str, Container]:
        """All containers of an instance that has joined, by host name, in the order of the model."""

    def drained(self, instance: InstanceId) -> None:
        """An instance that was leaving has no request left."""


class Line(Timed, Protocol):
    """The requests of one endpoint. Methods are for the driver's thread."""

    def connect(self, instances: Instances) -> None:
        """Tell it who has the instances; once, before anything else."""

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet. Any thread may ask."""

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Requests on each instance."""

    def join(self, instance: InstanceId) -> None:
        """An instance takes requests from now on."""

    def leave(self, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no new request; lost: it is gone, with all that ran on it."""
