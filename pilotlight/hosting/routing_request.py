"""What routing looks at in a request."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.hosting.instance import InstanceId


@dataclass(frozen=True, slots=True)
class RoutingRequest:
    """One invocation as routing sees it.

    body: the request's body, or as much of its beginning as the prefix takes. Default: nothing.
    prefix_id: PrefixAwareId, keeps applications with the same prefix apart. Default: none.
    holders: instances that have the target model of a multi-model endpoint, or are fetching it.
    """

    body: bytes = b""
    prefix_id: str | None = None
    holders: frozenset[InstanceId] = frozenset()
