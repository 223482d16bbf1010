"""Builds a serverless endpoint of a fleet."""

from __future__ import annotations

from pilotlight.spec import ServerlessSpec
from pilotlight_cdk import ServerlessEndpoint
from stacks.place import Place


def build_serverless_endpoint(place: Place, spec: ServerlessSpec) -> None:
    """Build the model and the endpoint; it has no network of its own to be in."""
    endpoint = ServerlessEndpoint.from_spec(
        place.stack,
        "Endpoint",
        spec,
        model=place.model(spec.model, None),
        endpoint_name=place.endpoint_name,
        encryption_key=place.shared.encryption_key,
        alarm_topic=place.shared.alarm_topic,
    )
    place.output("EndpointName", endpoint.endpoint_name, "Invoke this")
