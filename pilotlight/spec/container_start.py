"""What is said of containers that start with their instance."""

from __future__ import annotations

from typing import Annotated

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.within import Within


class ContainerStart(Spec):
    """How long a container may take to start."""

    container_startup_health_check_timeout: (
        Annotated[Duration, Within(limits.STARTUP_HEALTH_CHECK_TIMEOUT)] | None
    ) = None
    """How long the container may take to answer its first ping. Default: eight minutes."""
