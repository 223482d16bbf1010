"""What a running endpoint finds around itself, whichever way it hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from pilotlight.hosting.instance import LaunchTiming
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.hosting.random_stream import RandomStream
from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.metric_sink import MetricSink


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The world of one endpoint."""

    aws: Aws
    clock: ScaledClock
    metrics: MetricSink
    containers: ContainerHost
    timing: LaunchTiming = field(default_factory=LaunchTiming)
    """How long instances take to come, in SageMaker time. Default: what hosting assumes."""
    random: RandomStream = field(default_factory=Random)
    """The chance that routing and sampling draw from. Default: one of its own."""
    cache: CacheSettings | None = None
    """How an instance keeps many models. Default: the memory of the instance type, patience as SageMaker has
    it but at least half a minute on the wall."""
