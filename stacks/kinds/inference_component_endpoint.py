"""Builds an endpoint of inference components of a fleet."""

from __future__ import annotations

from constructs import Construct

from pilotlight.spec import InferenceComponentEndpointSpec, InferenceComponentSpec
from pilotlight_cdk import Container, InferenceComponentEndpoint, Model
from stacks.place import Place


def build_inference_component_endpoint(place: Place, spec: InferenceComponentEndpointSpec) -> None:
    """Build the models and the endpoint; callers name a component beside the endpoint."""
    models = Construct(place.stack, "Models")
    endpoint = InferenceComponentEndpoint.from_spec(
        place.stack,
        "Endpoint",
        spec,
        models={name: _model(place, spec, models, name, each) for name, each in spec.components.items()},
        source_root=place.source_root,
        endpoint_name=place.endpoint_name,
        encryption_key=place.shared.encryption_key,
        alarm_topic=place.shared.alarm_topic,
        **({} if spec.network_isolation else place.network),
    )
    place.output("EndpointName", endpoint.endpoint_name, "Invoke this")
    names = (each for one in endpoint.components.values() for each in (one, *one.adapters.values()))
    place.output("ComponentNames", " ".join(each.component_name for each in names), "Invoke one of these")


def _model(
    place: Place,
    spec: InferenceComponentEndpointSpec,
    scope: Construct,
    name: str,
    component: InferenceComponentSpec,
) -> Model | Container:
    if component.deployed_as == "model":
        return place.model(component.model, spec.instance_type, id=name, scope=scope)
    return Container.from_spec(
        scope, name, component.model, instance_type=spec.instance_type, source_root=place.source_root
    )
