"""What scales one thing: a scalable target, its policies and alarms, which come and go together."""

from __future__ import annotations

from constructs import Construct


class Scaling:
    """Resources beside each other in the construct that they scale; their ids begin alike.

    It is no construct itself: each one between an endpoint and its resources would cross to Node once more.
    """

    def __init__(self, scope: Construct, id: str) -> None:
        self._scope, self._id = scope, id
        self._parts: list[str] = []

    def remove(self) -> None:
        """Take all of it out of the stack, for a deployment that AWS refuses while something scales."""
        for part in self._parts:
            self._scope.node.try_remove_child(part)

    def _part(self, name: str) -> str:
        """Give the construct id of one of the resources."""
        self._parts.append(f"{self._id}{name}")
        return self._parts[-1]
