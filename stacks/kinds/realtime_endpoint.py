"""Builds a real-time endpoint of a fleet."""

from __future__ import annotations

from constructs import Construct

from pilotlight.catalog import naming
from pilotlight.spec import RealtimeSpec
from pilotlight_cdk import Model, RealtimeEndpoint
from stacks.place import Place


def build_realtime_endpoint(place: Place, spec: RealtimeSpec) -> None:
    """Build the models of all variants and the endpoint; captured data and dumps go to the foundation."""
    endpoint = RealtimeEndpoint.from_spec(
        place.stack,
        "Endpoint",
        spec,
        model=place.model(spec.model, spec.instance_type),
        variant_models=_variant_models(place, spec),
        other_models=place.other_models(spec.hosted),
        endpoint_name=place.endpoint_name,
        bucket=place.shared.bucket,
        capture_prefix=naming.capture_prefix(place.key),
        core_dump_prefix=naming.core_dump_prefix(place.key),
        encryption_key=place.shared.encryption_key,
        alarm_topic=place.shared.alarm_topic,
    )
    place.output("EndpointName", endpoint.endpoint_name, "Invoke this")


def _variant_models(place: Place, spec: RealtimeSpec) -> dict[str, Model]:
    if not spec.variants:
        return {}
    scope = Construct(place.stack, "VariantModels")
    return {
        name: place.model(each.model, each.instance_type, id=name, scope=scope)
        for name, each in spec.variants.items()
    }
