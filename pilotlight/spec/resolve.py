"""Replaces what a fleet file abbreviates by what it stands for."""

from __future__ import annotations

from pilotlight.catalog.framework_environment import SCRIPT_ENVIRONMENT
from pilotlight.catalog.images import framework_image
from pilotlight.catalog.regions import partition_of
from pilotlight.spec.endpoint import EndpointSpec
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.model import ModelSpec


def resolved(fleet: FleetSpec) -> FleetSpec:
    """Give the same fleet with every image as the URI that will be deployed.

    A framework becomes AWS's image for the region and the instance type, with the environment that makes it
    run the script of an artefact. An image of the fleet's own account becomes a URI when the account is
    known. Keys stay as they are; resolving twice changes nothing.
    """
    endpoints = {key: _endpoint(fleet, endpoint) for key, endpoint in fleet.endpoints.items()}
    return fleet.model_copy(update={"endpoints": endpoints})


def _endpoint(fleet: FleetSpec, endpoint: EndpointSpec) -> EndpointSpec:
    image = _image(fleet, endpoint)
    if image is None:
        return endpoint
    abbreviations = dict.fromkeys(("framework", "version", "ecr"))
    stands_for = {"image": image, "environment": _environment(endpoint.model)}
    model: ModelSpec = endpoint.model.model_copy(update=abbreviations | stands_for)
    return endpoint.model_copy(update={"model": model})


def _environment(model: ModelSpec) -> dict[str, str]:
    runs_script = model.framework is not None and model.source is not None
    return {**(SCRIPT_ENVIRONMENT if runs_script else {}), **model.environment}


def _image(fleet: FleetSpec, endpoint: EndpointSpec) -> str | None:
    model = endpoint.model
    if model.framework is not None and model.version is not None:
        return framework_image(model.framework, model.version, fleet.region, endpoint.instance_type)
    if model.ecr is not None and fleet.account is not None:
        registry = f"{fleet.account}.dkr.ecr.{fleet.region}.{partition_of(fleet.region).dns_suffix}"
        return f"{registry}/{model.ecr.repository}:{model.ecr.tag}"
    return None
