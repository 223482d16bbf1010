"""The multi-container endpoint: several containers side by side, a request names the one that answers."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

from pilotlight.spec.container import ContainerName, ContainerSpec
from pilotlight.spec.containers_on_instances import ContainersOnInstances

NAMES_NO_CONTAINER: Final = "warming asks an endpoint without naming a container, which this one refuses"
"""Why `warm_up` is refused here."""


class MultiContainerSpec(ContainersOnInstances):
    """An endpoint of up to fifteen containers on the same instances; each answers for itself.

    A request names its container, as `TargetContainerHostname`. Each image must listen where the variable
    SAGEMAKER_BIND_TO_PORT says, and declare in a label that it does.
    """

    NOT_HERE = MappingProxyType({"warm_up": NAMES_NO_CONTAINER})

    kind: Literal["multi-container"] = "multi-container"
    """Containers side by side."""

    containers: dict[ContainerName, ContainerSpec]
    """What runs side by side, by the names that callers use."""
