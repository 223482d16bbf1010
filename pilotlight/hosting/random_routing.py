"""RANDOM: a request goes to any instance, whatever it has to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.random_stream import RandomStream


@dataclass(frozen=True, slots=True)
class RandomRouting:
    """Send each request to an instance chosen by chance, each as likely as the other."""


def any_instance(in_flight: Mapping[InstanceId, int], random: RandomStream) -> InstanceId:
    """Choose among the instances of `in_flight`, of which there is at least one."""
    instances = sorted(in_flight)
    return instances[random.randrange(len(instances))]
