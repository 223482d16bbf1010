"""What `pilotlight local status` shows of endpoints, as the server knows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pilotlight.local.control_plane.endpoint_record import EndpointRecord
from pilotlight.local.embedded import Embedded


def endpoint_statuses(embedded: Embedded) -> dict[str, Any]:
    """Every endpoint of every region: state, instances, backlog, whether it is awake, its containers."""
    return {
        "endpoints": [
            {"region": name, **_status(endpoint)}
            for name, region in embedded.regions().items()
            for endpoint in region.plane.store.all()
        ]
    }


def _status(endpoint: EndpointRecord) -> dict[str, Any]:
    now = endpoint.described()
    return {
        "name": endpoint.name,
        "status": endpoint.status,
        "awake": any(each.current_instance_count > 0 for each in now.variants),
        "backlog": now.backlog,
        "failure_reason": now.failure_reason,
        "variants": [asdict(each) for each in now.variants],
        "containers": [asdict(each) for each in now.containers],
    }
