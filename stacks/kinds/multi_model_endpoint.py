"""Builds a multi-model endpoint of a fleet."""

from __future__ import annotations

from pilotlight.catalog import naming
from pilotlight.spec import MultiModelSpec
from pilotlight_cdk import MultiModelEndpoint
from stacks.place import Place


def build_multi_model_endpoint(place: Place, spec: MultiModelSpec) -> None:
    """Build the container and the endpoint; models are published to the foundation's bucket."""
    endpoint = MultiModelEndpoint.from_spec(
        place.stack,
        "Endpoint",
        spec,
        model=place.model(spec.model, spec.instance_type),
        endpoint_name=place.endpoint_name,
        bucket=place.shared.bucket,
        models_prefix=naming.models_prefix(place.key),
        core_dump_prefix=naming.core_dump_prefix(place.key),
        encryption_key=place.shared.encryption_key,
        alarm_topic=place.shared.alarm_topic,
    )
    place.output("EndpointName", endpoint.endpoint_name, "Invoke this")
    place.output("ModelsUri", endpoint.models.uri, "Publish models below this")
