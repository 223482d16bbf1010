"""PREFIX_AWARE: requests that begin alike go to the same instance, as long as that one is not too busy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from pilotlight.catalog.routing import CONCURRENCY_THRESHOLD, PREFIX_LENGTH
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.least_outstanding import LeastOutstandingRequests, least_outstanding
from pilotlight.hosting.random_stream import RandomStream
from pilotlight.hosting.routing_request import RoutingRequest


@dataclass(frozen=True, slots=True)
class PrefixAware:
    """Send requests with the same prefix to the same instance.

    prefix_length: bytes of the body that count (PrefixLength); of a shorter body, all.
    concurrency_threshold: in-flight requests at which an instance gets no more for its prefixes.
    otherwise: how the instance is chosen then. Default: the fewest outstanding requests.
    Raises ValueError with all faults when a number is out of AWS's range.
    """

    prefix_length: int
    concurrency_threshold: int
    otherwise: LeastOutstandingRequests = field(default_factory=LeastOutstandingRequests)

    def __post_init__(self) -> None:
        numbers = ((PREFIX_LENGTH, self.prefix_length), (CONCURRENCY_THRESHOLD, self.concurrency_threshold))
        faults = [
            f"{limit.name}, got {got}, allowed {limit}" for limit, got in numbers if not limit.allows(got)
        ]
        if faults:
            raise ValueError("; ".join(faults))


def prefix_instance(
    strategy: PrefixAware, in_flight: Mapping[InstanceId, int], request: RoutingRequest
) -> InstanceId:
    """Find the instance a prefix belongs to, in whatever order or load the instances are.

    The highest hash of prefix and instance wins, so that one instance more takes over only its own share of
    the prefixes and one instance less loses only its own.
    """
    prefix = request.body[: strategy.prefix_length]
    application = b"" if request.prefix_id is None else request.prefix_id.encode()
    key = sha256(application).digest() + sha256(prefix).digest()
    return max(in_flight, key=lambda instance: (sha256(b"%d " % instance + key).digest(), instance))


def prefix_aware(
    strategy: PrefixAware,
    in_flight: Mapping[InstanceId, int],
    request: RoutingRequest,
    random: RandomStream,
) -> InstanceId:
    """Choose among the instances of `in_flight`, of which there is at least one."""
    chosen = prefix_instance(strategy, in_flight, request)
    if in_flight[chosen] < strategy.concurrency_threshold:
        return chosen
    return least_outstanding(strategy.otherwise, in_flight, random)
