"""What every production variant with a model on instances says."""

from __future__ import annotations

from typing import Annotated

from pilotlight.catalog import limits
from pilotlight.spec.duration import Duration
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.placed_model import PlacedModel
from pilotlight.spec.within import Within


class OnInstances(InstanceOptions, PlacedModel):
    """A model that starts with its instances."""

    container_startup_health_check_timeout: (
        Annotated[Duration, Within(limits.STARTUP_HEALTH_CHECK_TIMEOUT)] | None
    ) = None
    """How long the container may take to answer its first ping. Default: eight minutes."""
