"""Which instance of a variant takes a request: one pure choice for every routing strategy of SageMaker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, assert_never

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.least_outstanding import LeastOutstandingRequests, Ties, least_outstanding
from pilotlight.hosting.model_affinity import ModelAffinity, candidates
from pilotlight.hosting.prefix_aware import PrefixAware, prefix_aware
from pilotlight.hosting.random_routing import RandomRouting, any_instance
from pilotlight.hosting.random_stream import RandomStream
from pilotlight.hosting.routing_request import RoutingRequest

__all__ = [
    "LeastOutstandingRequests",
    "ModelAffinity",
    "PrefixAware",
    "RandomRouting",
    "RandomStream",
    "RoutingRequest",
    "RoutingStrategy",
    "Ties",
    "choose",
]

RoutingStrategy: TypeAlias = LeastOutstandingRequests | RandomRouting | PrefixAware | ModelAffinity


def choose(
    strategy: RoutingStrategy,
    in_flight: Mapping[InstanceId, int],
    request: RoutingRequest,
    random: RandomStream,
) -> InstanceId | None:
    """Choose the instance that takes the request; None when there is none.

    in_flight: the instances in service, each with the requests it has not answered.
    random: drawn from only where several instances are as good.
    """
    if not in_flight:
        return None
    match strategy:
        case LeastOutstandingRequests():
            return least_outstanding(strategy, in_flight, random)
        case RandomRouting():
            return any_instance(in_flight, random)
        case PrefixAware():
            return prefix_aware(strategy, in_flight, request, random)
        case ModelAffinity():
            among = candidates(strategy, in_flight, request.holders)
            return choose(strategy.among, among, request, random)
        case _ as never:
            assert_never(never)
