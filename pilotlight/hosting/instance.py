"""One instance of a production variant, and how long it takes to come into service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pilotlight.hosting.micros import MINUTE, Micros

InstanceId: TypeAlias = int
"""Counts up within one variant: the lower, the older."""


class Phase(StrEnum):
    """Where an instance is in its life."""

    PROVISIONING = "provisioning"
    STARTING = "starting"
    IN_SERVICE = "in service"
    DRAINING = "draining"
    TERMINATING = "terminating"


@dataclass(frozen=True, slots=True)
class LaunchTiming:
    """How long an instance takes to come into service: six minutes by default.

    Image and model are fetched at the same time, after provisioning. `container_start` is for drivers that
    run
    no real container: the others report `ContainerHealthy` when theirs answers.
    """

    provisioning: Micros = 3 * MINUTE
    image_pull: Micros = 2 * MINUTE
    model_download: Micros = 1 * MINUTE
    container_start: Micros = 1 * MINUTE

    @property
    def before_container(self) -> Micros:
        """Time from the launch to the start of the container."""
        return self.provisioning + max(self.image_pull, self.model_download)

    @property
    def total(self) -> Micros:
        """Time from the launch to the first request."""
        return self.before_container + self.container_start


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance. launched: when it was asked for; since: when it came into its phase."""

    id: InstanceId
    phase: Phase
    launched: Micros
    since: Micros
