"""What an endpoint of SageMaker consists of: its configuration, its variants, their models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.template.conversions import as_mappings
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources

ENDPOINT: Final = "AWS::SageMaker::Endpoint"
CONFIG: Final = "AWS::SageMaker::EndpointConfig"
MODEL: Final = "AWS::SageMaker::Model"


@dataclass(frozen=True, slots=True)
class HostedVariant:
    """One production variant.

    Attributes:
        part: its properties.
        name: what metrics, scaling and callers call it.
        model: what runs on it; None when the template does not have it.
    """

    part: Part
    name: str
    model: Resource | None


@dataclass(frozen=True, slots=True)
class HostedEndpoint:
    """An endpoint with all that it consists of.

    Attributes:
        resources: all of the deployment.
        key: what a fleet calls it.
        endpoint: the endpoint itself.
        config: its configuration.
        variants: the endpoint's own first.
        shadows: are sent copies of requests.
    """

    resources: Resources
    key: str
    endpoint: Resource
    config: Resource
    variants: tuple[HostedVariant, ...]
    shadows: tuple[HostedVariant, ...] = ()

    @classmethod
    def of(cls, resources: Resources, endpoint: Resource, key: str) -> HostedEndpoint | None:
        """Gather an endpoint; None when its configuration is not in any template."""
        named = endpoint.part.raw("EndpointConfigName")
        config = resources.find(named, CONFIG, "EndpointConfigName")
        if config is None:
            endpoint.part.note("EndpointConfigName", "no template at hand has this configuration")
            return None
        endpoint.is_read = config.is_read = True
        config.part.leave("KmsKeyId", "ExecutionRoleArn")
        variants = [_variant(resources, part) for part in config.part.parts("ProductionVariants")]
        endpoint.part.leave("EndpointName")
        own = sorted(variants, key=lambda each: each.name != VARIANT_NAME)
        if own and own[0].name != VARIANT_NAME:
            own[0].part.note("VariantName", f"a fleet calls the endpoint's own variant {VARIANT_NAME}")
        shadows = tuple(_variant(resources, part) for part in config.part.parts("ShadowProductionVariants"))
        return cls(resources, key, endpoint, config, tuple(own), shadows)

    @property
    def name(self) -> Value:
        """What scaling, alarms and callers call it: a text, or a symbol."""
        return self.endpoint.attribute("EndpointName")


def looked_at(resources: Resources, endpoint: Resource) -> tuple[Mapping[str, Any], tuple[Any, ...]]:
    """Give the properties of an endpoint's configuration and of its variants' models, without reading them.

    For `fits`: a kind may look before it decides. Both are empty when the templates do not have them.
    """
    config = resources.find(endpoint.part.look("EndpointConfigName"), CONFIG, "EndpointConfigName")
    if config is None:
        return {}, ()
    variants = as_mappings(config.part.look("ProductionVariants"))
    models = [resources.find(each.get("ModelName"), MODEL, "ModelName") for each in variants]
    looked = tuple(_properties(model) for model in models)
    return {**_properties(config), "ProductionVariants": [*variants]}, looked


def _properties(resource: Resource | None) -> Mapping[str, Any]:
    return {} if resource is None else {key: resource.part.look(key) for key in resource.part.keys()}  # noqa: SIM118


def _variant(resources: Resources, part: Part) -> HostedVariant:
    name = part.text("VariantName")
    model = resources.find(part.raw("ModelName"), MODEL, "ModelName")
    if model is None and part.look("ModelName") is not None:
        part.note("ModelName", "no template at hand has this model")
    return HostedVariant(part, VARIANT_NAME if name is None else name.value, model)
