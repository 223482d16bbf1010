"""The multi-container endpoint: several containers side by side, a request names the one that answers."""

from __future__ import annotations

from typing import Literal

from pilotlight.catalog.hosting_options import not_here
from pilotlight.spec.container import ContainerName, ContainerSpec
from pilotlight.spec.containers_on_instances import ContainersOnInstances


class MultiContainerSpec(ContainersOnInstances):
    """An endpoint of up to fifteen containers on the same instances; each answers for itself.

    A request names its container, as `TargetContainerHostname`. Each image must listen where the variable
    SAGEMAKER_BIND_TO_PORT says, and declare in a label that it does.
    """

    NOT_HERE = not_here("multi-container")

    kind: Literal["multi-container"] = "multi-container"
    """Containers side by side."""

    containers: dict[ContainerName, ContainerSpec]
    """What runs side by side, by the names that callers use."""
