"""Replaces what a fleet file abbreviates by what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from pilotlight.catalog.images import framework_image
from pilotlight.catalog.regions import partition_of
from pilotlight.spec.component_container import container_environment
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.jumpstart_lock import JumpStartLock
from pilotlight.spec.jumpstart_resolve import with_locked_models
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.model_secrets import secret_variables
from pilotlight.spec.network import NetworkSpec
from pilotlight.spec.sized_model import with_sizes_said


def resolved(
    fleet: FleetSpec, lock: JumpStartLock | None = None, uploads: Mapping[str, str] | None = None
) -> FleetSpec:
    """Give the same fleet with every image as the URI that will be deployed.

    A framework becomes AWS's image for the region and the instance type, with the environment that makes it
    run the script of an artefact. A JumpStart id becomes image, artefact, environment and time-outs as the
    lock has them, or a model package. An image of a repository becomes a URI when the account is known, and a
    secret becomes the variable that names it. Defaults that follow from something else are filled in, and
    what has no effect is left out: two fleets that deploy alike resolve to the same. Keys stay as they are;
    resolving twice changes nothing.

    Args:
        fleet: what a fleet file says.
        lock: the locked JumpStart models. Default: none, which only a fleet without such models can have.
        uploads: where directories are uploaded to: a local `source` → its S3 URI, the directory of a build →
            the URI of its image. Default: they stay.

    Raises:
        FleetRefused: a JumpStart model is not locked, or its licence is not accepted.
    """
    fleet = with_locked_models(fleet, lock)
    named = partial(_model, fleet, {} if uploads is None else uploads)
    endpoints = {
        key: with_sizes_said(endpoint.with_models(named)).in_effect
        for key, endpoint in fleet.endpoints.items()
    }
    return fleet.model_copy(update={"endpoints": endpoints, "network": _network(fleet)})


def _network(fleet: FleetSpec) -> NetworkSpec | None:
    """Give the network as its containers see it: one that none of them uses is not there.

    Subnets and security groups say which VPC they are in.
    """
    network = fleet.network
    if network is None or network.create:
        return network
    hosted = (each for endpoint in fleet.endpoints.values() for each in endpoint.hosted)
    if not any(each.joins_network for each in hosted):
        return None
    return network.model_copy(update={"vpc_id": None}) if network.security_group_ids else network


def _model(
    fleet: FleetSpec, uploads: Mapping[str, str], model: ModelSpec, instance_type: str | None
) -> ModelSpec:
    model = _uploaded(model, uploads)
    image = _image(fleet, uploads, model, instance_type)
    abbreviations = {} if image is None else dict.fromkeys(("framework", "version", "ecr", "build"))
    stands_for = {} if image is None else {"image": image}
    variables = {
        "environment": {**container_environment(model), **secret_variables(model.secrets)},
        "secrets": {},
    }
    return model.model_copy(update={**abbreviations, **stands_for, **variables})


def _uploaded(model: ModelSpec, uploads: Mapping[str, str]) -> ModelSpec:
    source = model.source
    return model if source is None else model.model_copy(update={"source": uploads.get(source, source)})


def _image(
    fleet: FleetSpec, uploads: Mapping[str, str], model: ModelSpec, instance_type: str | None
) -> str | None:
    if model.framework is not None and model.version is not None:
        return framework_image(model.framework, model.version, fleet.region, instance_type)
    if model.build is not None:
        return uploads.get(model.build.directory)
    account = None if model.ecr is None else model.ecr.account or fleet.account
    if model.ecr is None or account is None:
        return None
    registry = f"{account}.dkr.ecr.{fleet.region}.{partition_of(fleet.region).dns_suffix}"
    return f"{registry}/{model.ecr.repository}{model.ecr.suffix}"
