"""What `pilotlight local status` shows that only the server knows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pilotlight.local.control_plane.endpoint_description import ComponentDescription, VariantDescription
from pilotlight.local.control_plane.endpoint_record import EndpointRecord
from pilotlight.local.embedded import Embedded
from pilotlight.local.faults import local_faults


def server_status(embedded: Embedded) -> dict[str, Any]:
    """SageMaker's calendar, the faults that are switched on, and every endpoint with its containers."""
    return {
        "calendar": embedded.calendar().isoformat(timespec="seconds"),
        "test_only_faults": sorted(local_faults()),
        "endpoints": [
            {"region": name, **_status(endpoint)}
            for name, region in embedded.regions().items()
            for endpoint in region.plane.store.all()
        ],
    }


def _is_awake(variant: VariantDescription) -> bool:
    """Whether it has capacity: an instance, or a container where there are none."""
    warm = 0 if variant.concurrency is None else variant.concurrency.running
    return variant.current_instance_count + warm > 0


def _component(component: ComponentDescription) -> dict[str, Any]:
    """A component without what it runs, whose environment is nobody's business here."""
    return {key: value for key, value in asdict(component).items() if key != "deployed"}


def _status(endpoint: EndpointRecord) -> dict[str, Any]:
    now = endpoint.described()
    return {
        "name": endpoint.name,
        "status": endpoint.status,
        "awake": any(map(_is_awake, now.variants)),
        "backlog": now.backlog,
        "failure_reason": now.failure_reason,
        "variants": [asdict(each) for each in now.variants],
        "components": [_component(each) for each in now.components],
        "containers": [asdict(each) for each in now.containers],
    }
