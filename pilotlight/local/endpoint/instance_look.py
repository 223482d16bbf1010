"""Looks at the real processes of an instance, and at what its type has."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.utilization import InstanceSize, InstanceUse
from pilotlight.local.containers.container import Container
from pilotlight.local.containers.folder_size import folder_bytes
from pilotlight.local.containers.image_catalogue import Label
from pilotlight.local.containers.process_use import use_of
from pilotlight.local.control_plane.variant_record import VariantRecord

_GIB = 2**30


def use_of_instance(containers: Sequence[Container]) -> InstanceUse | None:
    """What the containers of an instance use together.

    None: there are none, or a stand-in is among them, whose use says nothing of the model's; or no Linux.
    """
    if not containers:
        return None
    total = InstanceUse(0, 0, 0)
    for container in containers:
        use = None if container.plan.label is Label.STAND_IN else use_of(container.pid)
        if use is None:
            return None
        total += InstanceUse(round(use.cpu_s * SECOND), use.memory, folder_bytes(container.folder))
    return total


def size_of_instance(variant: VariantRecord, container: Container) -> InstanceSize:
    """What an instance of the variant has; without a volume size, the disk of this machine."""
    known = INSTANCE_TYPES.get(str(variant.instance_type))
    memory_gib = None if known is None else known.memory_gib
    volume_gib = variant.volume_size_gb
    return InstanceSize(
        vcpus=None if known is None else known.vcpus,
        memory=None if memory_gib is None else memory_gib * _GIB,
        disk=shutil.disk_usage(container.folder).total if volume_gib is None else volume_gib * _GIB,
    )
