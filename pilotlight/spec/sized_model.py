"""Fills in what follows from the size of a model."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from pilotlight.catalog.instance_types import has_local_nvme
from pilotlight.catalog.load_time import load_seconds, volume_gib
from pilotlight.spec.base import Spec
from pilotlight.spec.hosted_endpoint import HostedEndpoint
from pilotlight.spec.parts import part_at, with_part

Host = TypeVar("Host", bound=Spec)
GIB = 2**30


def with_size_said(host: Host) -> Host:
    """Give something that hosts a model of known size the time-outs and the volume that follow from it.

    What it says itself stays. Where instances have NVMe disks the model lies there, and the volume is left to
    SageMaker.
    """
    size = getattr(host, "model_size", None)
    if size is None:
        return host
    missing = {name: value for name, value in _by_size(host, size).items() if getattr(host, name) is None}
    return host.model_copy(update={**missing, "model_size": None})


def with_sizes_said(endpoint: HostedEndpoint) -> HostedEndpoint:
    """Do so for an endpoint and for each of its further variants."""
    changed = endpoint
    for path in ((), *(each.path[:-1] for each in endpoint.hosted if len(each.path) > 1)):
        part = part_at(changed, path)
        if isinstance(part, Spec):
            changed = with_part(changed, path, with_size_said(part))
    return changed


def _by_size(host: Any, size: int) -> dict[str, Any]:
    limit = timedelta(seconds=load_seconds(size * GIB))
    limits = {"model_data_download_timeout": limit, "container_startup_health_check_timeout": limit}
    return limits if has_local_nvme(host.instance_type) else {**limits, "volume_size": volume_gib(size)}
