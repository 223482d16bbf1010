"""A model, parsed once from the members of `CreateModel` (botocore 1.43.106)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.control_plane.properties import Properties

ONLY_CONTAINER = "primary"
"""What SageMaker's messages call the container of a model that has just one."""


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A SageMaker model."""

    name: str
    arn: str
    containers: tuple[ContainerDefinition, ...]
    network_isolation: bool
    created: datetime
    properties: Properties
    """The members as given, for `DescribeModel`."""
    invoked_directly: bool = False
    """Whether a request names one of the containers; otherwise it goes through all of them in turn."""

    @property
    def is_pipeline(self) -> bool:
        """Whether a request goes through several containers."""
        return len(self.containers) > 1 and not self.invoked_directly

    @property
    def hostnames(self) -> tuple[str, ...]:
        """The host names of the containers; those without one are called by their position (assumed)."""
        if len(self.containers) == 1:
            return (self.containers[0].hostname or ONLY_CONTAINER,)
        return tuple(
            each.hostname or f"container-{position}" for position, each in enumerate(self.containers, start=1)
        )

    @classmethod
    def parse(cls, properties: Properties, *, name: str, arn: str, created: datetime) -> ModelRecord:
        """From the members of `CreateModel`."""
        primary = properties.get("PrimaryContainer")
        containers = [*([] if primary is None else [primary]), *properties.get("Containers", [])]
        execution = properties.get("InferenceExecutionConfig", {})
        return cls(
            name=name,
            arn=arn,
            containers=tuple(ContainerDefinition.parse(each) for each in containers),
            network_isolation=properties.get("EnableNetworkIsolation", False),
            created=created,
            properties=properties,
            invoked_directly=primary is None and execution.get("Mode") == "Direct",
        )
