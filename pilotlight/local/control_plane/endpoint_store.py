"""Holds the endpoints of a region and lets others wait for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread
from typing import TypeVar

from pilotlight.local.control_plane.endpoint_description import EndpointDescription
from pilotlight.local.control_plane.endpoint_record import EndpointRecord
from pilotlight.local.control_plane.place import Place
from pilotlight.local.emulator.api_error import ValidationError

IN_TRANSITION = frozenset({"Creating", "Updating", "RollingBack", "SystemUpdating"})
"""Statuses in which an endpoint takes no further change (botocore 1.43.106, DescribeEndpoint)."""

_LOOK_AGAIN_S = 1.0
T = TypeVar("T")


class EndpointStore:
    """The endpoints by name. Thread-safe; no lock is held while a runtime is asked."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._endpoints: dict[str, EndpointRecord] = {}
        self._changed = Condition()
        self.when_deleted: list[Callable[[str], None]] = []
        """Called with the name of each endpoint whose deletion begins."""

    def find(self, name: str) -> EndpointRecord:
        """The endpoint called `name`. Raises ValidationError in SageMaker's words."""
        endpoint = self._endpoints.get(name)
        if endpoint is None:
            msg = f'Could not find endpoint "{self._place.arn("endpoint", name)}".'
            raise ValidationError(msg)
        return endpoint

    def all(self) -> list[EndpointRecord]:
        """All endpoints, in the order of their creation."""
        return list(self._endpoints.values())

    def holds(self, arn: str) -> bool:
        """Whether an endpoint has this ARN."""
        return any(each.arn == arn for each in self.all())

    def add(self, endpoint: EndpointRecord) -> None:
        """Keep a new endpoint. Raises ValidationError when its name is taken."""
        with self._changed:
            if endpoint.name in self._endpoints:
                msg = f'Cannot create already existing endpoint "{endpoint.arn}".'
                raise ValidationError(msg)
            self._endpoints[endpoint.name] = endpoint

    def end(self, endpoint: EndpointRecord) -> None:
        """Begin to delete an endpoint: it is `Deleting` until its containers are gone."""
        with self._changed:
            if endpoint.deleting:
                return
            endpoint.deleting = True
        for tell in self.when_deleted:
            tell(endpoint.name)
        Thread(target=self._stop, args=(endpoint,), name=f"delete-{endpoint.name}", daemon=True).start()

    def end_all(self) -> None:
        """Delete every endpoint; all containers are gone when this returns."""
        endpoints = self.all()
        for endpoint in endpoints:
            self.end(endpoint)
        for endpoint in endpoints:
            self.wait_until_gone(endpoint.name)

    def tell(self) -> None:
        """Wake those who wait: some endpoint changed."""
        with self._changed:
            self._changed.notify_all()

    def wait_until_settled(self, name: str) -> EndpointDescription:
        """Wait until no change of the endpoint is under way, and tell how it came out.

        Raises ValidationError when the endpoint is deleted meanwhile.
        """

        def settled() -> EndpointDescription | None:
            endpoint = self.find(name)
            now = endpoint.described()
            return None if now.status in IN_TRANSITION and not endpoint.deleting else now

        return self.wait(settled)

    def wait_until_gone(self, name: str) -> None:
        """Wait until an endpoint that is being deleted is gone."""
        self.wait(lambda: name not in self._endpoints or None)

    def wait(self, look: Callable[[], T | None]) -> T:
        """Wait until `look` finds something, and give that; it is asked whenever some endpoint changed."""
        # A change between the look and the wait is missed: so it looks again after a while, unasked.
        while (seen := look()) is None:
            with self._changed:
                self._changed.wait(_LOOK_AGAIN_S)
        return seen

    def _stop(self, endpoint: EndpointRecord) -> None:
        try:
            endpoint.runtime.stop()
        finally:
            del self._endpoints[endpoint.name]
            self.tell()
