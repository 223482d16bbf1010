"""How a running container is shown."""

from __future__ import annotations

from pilotlight.local.containers.container import Container
from pilotlight.local.control_plane.endpoint_description import ContainerDescription


def described_container(
    container: Container, *, ready: bool, variant: str, part: str = ""
) -> ContainerDescription:
    """What is known of a container. part: its host name or its component, where there are several."""
    return ContainerDescription(
        label=container.plan.label,
        why=container.plan.why,
        pid=container.pid,
        port=container.port,
        ready=ready,
        variant=variant,
        image=container.image,
        caveat=container.plan.caveat,
        part=part,
    )
