"""Finds out what a component would run, where, and whether its endpoint can host it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotlight.local.control_plane.component_faults import specification_members, specifications
from pilotlight.local.control_plane.component_record import ComponentRecord
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.control_plane.deployed_component import (
    DeployedComponent,
    ReservedResources,
    Specification,
)
from pilotlight.local.control_plane.endpoint_record import EndpointRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.variant_record import VariantRecord
from pilotlight.local.emulator.api_error import ValidationError

_PERCENT = 100


class ComponentDeployment:
    """Resolves the names in a request."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def of(
        self, request: Mapping[str, Any], endpoint: EndpointRecord, present: Sequence[ComponentRecord]
    ) -> DeployedComponent:
        """What a request deploys on an endpoint with these components. Raises ValidationError."""
        variant = _variant(endpoint, request.get("VariantName"))
        given = _for_type(request, variant)
        copies = request.get("RuntimeConfig", {}).get("CopyCount", 1)
        name = request["InferenceComponentName"]
        base = given.get("BaseInferenceComponentName")
        if base is not None:
            under = _base(base, present)
            return DeployedComponent(
                name,
                under.variant,
                under.container,
                ReservedResources(),
                under.copies,
                base=base,
                given=specification_members(request),
            )
        model = None if "ModelName" not in given else self._models.find(given["ModelName"])
        return DeployedComponent(
            name=name,
            variant=variant.name,
            container=_container(given, model),
            reserves=ReservedResources.parse(given["ComputeResourceRequirements"]),
            copies=copies,
            spreads=given.get("SchedulingConfig", {}).get("PlacementStrategy", "SPREAD") == "SPREAD",
            caches=given.get("DataCacheConfig", {}).get("EnableCaching", False),
            batch=_batch(request.get("DeploymentConfig", {}), copies),
            network_isolation=model is not None and model.network_isolation,
            startup_health_check_timeout_s=given.get("StartupParameters", {}).get(
                "ContainerStartupHealthCheckTimeoutInSeconds"
            ),
            given=specification_members(request),
        )


def _variant(endpoint: EndpointRecord, name: str | None) -> VariantRecord:
    """The variant that hosts a component; the only one when none is named (assumed)."""
    config = endpoint.configs[endpoint.described().config_name]
    if not config.hosts_components:
        msg = f'Endpoint "{endpoint.arn}" does not host inference components: its variants have models.'
        raise ValidationError(msg)
    names = [each.name for each in config.variants]
    if name is None and len(names) == 1:
        return config.variants[0]
    if name not in names:
        msg = f'Could not find variant {name} of endpoint "{endpoint.arn}": it has {", ".join(names)}.'
        raise ValidationError(msg)
    return config.variant(name)


def _for_type(request: Mapping[str, Any], variant: VariantRecord) -> Specification:
    """The specification for the instances of a variant."""
    given = specifications(request)
    for each in given:
        if each.get("InstanceType", variant.instance_type) == variant.instance_type:
            return each
    types = ", ".join(str(each.get("InstanceType")) for each in given)
    msg = f"no specification is for {variant.instance_type} of variant {variant.name}, got {types}"
    raise ValidationError(msg)


def _base(name: str, present: Sequence[ComponentRecord]) -> DeployedComponent:
    for each in present:
        if each.name == name and each.deployed.base is None:
            return each.deployed
    msg = f"Could not find base inference component {name} on the endpoint."
    raise ValidationError(msg)


def _batch(config: Mapping[str, Any], copies: int) -> int:
    """The copies of a batch; a share of them is rounded down, to one at least (assumed, as is one unsaid)."""
    size = config.get("RollingUpdatePolicy", {}).get("MaximumBatchSize")
    if size is None:
        return 1
    value: int = size["Value"]
    return max(1, copies * value // _PERCENT if size["Type"] == "CAPACITY_PERCENT" else value)


def _container(given: Specification, model: ModelRecord | None) -> ContainerDefinition:
    if model is None:
        said = given["Container"]
        return ContainerDefinition.parse(
            {
                "Image": said["Image"],
                "Environment": said.get("Environment", {}),
                **({"ModelDataUrl": said["ArtifactUrl"]} if "ArtifactUrl" in said else {}),
            }
        )
    if len(model.containers) > 1:
        msg = f"the embedded AWS runs models of one container as inference components, got {model.name}"
        raise ValidationError(msg)
    return model.containers[0]
