"""Builds an endpoint of containers side by side."""

from __future__ import annotations

from pilotlight.catalog import naming
from pilotlight.spec import MultiContainerSpec
from pilotlight_cdk import MultiContainerEndpoint
from stacks.place import Place


def build_multi_container_endpoint(place: Place, spec: MultiContainerSpec) -> None:
    """Build the containers and the endpoint; captured data go to the foundation."""
    endpoint = MultiContainerEndpoint.from_spec(
        place.stack,
        "Endpoint",
        spec,
        model=place.containers(spec),
        endpoint_name=place.endpoint_name,
        bucket=place.shared.bucket,
        capture_prefix=naming.capture_prefix(place.key),
        encryption_key=place.shared.encryption_key,
        alarm_topic=place.shared.alarm_topic,
    )
    place.output("EndpointName", endpoint.endpoint_name, "Invoke this")
