"""LEAST_OUTSTANDING_REQUESTS: a request goes where the fewest are in flight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.random_stream import RandomStream


class Ties(StrEnum):
    """Which of several equally loaded instances takes the request."""

    RANDOM = "random"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class LeastOutstandingRequests:
    """Send each request to an instance with the fewest in flight. ties: default, one of them by chance."""

    ties: Ties = Ties.RANDOM


def least_outstanding(
    strategy: LeastOutstandingRequests, in_flight: Mapping[InstanceId, int], random: RandomStream
) -> InstanceId:
    """Choose among the instances of `in_flight`, of which there is at least one."""
    fewest = min(in_flight.values())
    equal = sorted(instance for instance, count in in_flight.items() if count == fewest)
    oldest = strategy.ties is Ties.OLDEST or len(equal) == 1
    return equal[0] if oldest else equal[random.randrange(len(equal))]
