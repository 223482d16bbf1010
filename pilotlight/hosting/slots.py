"""Free places on instances: which one takes the next request."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.hosting.instance import InstanceId


class Slots:
    """The instances of a queue by their load. Taking and giving back a place costs the same for any number.

    The least loaded instance takes the next request; among equals, the one that has had this load for
    longest.
    """

    def __init__(self, per_instance: int) -> None:
        self._open: list[dict[InstanceId, None]] = []
        self.resize(per_instance)
        self._lowest = 0
        self._load: dict[InstanceId, int] = {}
        self._leaving: set[InstanceId] = set()

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Requests on each instance, leaving ones included."""
        return self._load

    @property
    def taking(self) -> int:
        """How many instances take requests."""
        return len(self._load) - len(self._leaving)

    def resize(self, per_instance: int) -> None:
        """Give each instance so many places. One with a higher load keeps it until places are given back."""
        self._per_instance = per_instance
        self._open += [{} for _ in range(per_instance + 1 - len(self._open))]

    def join(self, instance: InstanceId) -> None:
        """Add a new instance with all its places free."""
        self._load[instance] = 0
        self._put(instance, 0)

    def leave(self, instance: InstanceId) -> None:
        """Give the instance no further request."""
        if instance in self._load and instance not in self._leaving:
            del self._open[self._load[instance]][instance]
            self._leaving.add(instance)

    def remove(self, instance: InstanceId) -> None:
        """Forget the instance."""
        self.leave(instance)
        self._load.pop(instance, None)
        self._leaving.discard(instance)

    def take(self) -> InstanceId | None:
        """Occupy a place; None when none is free."""
        while self._lowest < self._per_instance and not self._open[self._lowest]:
            self._lowest += 1
        if self._lowest >= self._per_instance:
            return None
        instance = next(iter(self._open[self._lowest]))
        self._move(instance, 1)
        return instance

    def give_back(self, instance: InstanceId) -> None:
        """Free a place."""
        self._move(instance, -1)

    def is_done(self, instance: InstanceId) -> bool:
        """Tell whether the instance is leaving and has no request left."""
        return instance in self._leaving and self._load[instance] == 0

    def _move(self, instance: InstanceId, by: int) -> None:
        before = self._load[instance]
        self._load[instance] = before + by
        if instance not in self._leaving:
            del self._open[before][instance]
            self._put(instance, before + by)

    def _put(self, instance: InstanceId, load: int) -> None:
        self._open[load][instance] = None
        self._lowest = min(self._lowest, load)
