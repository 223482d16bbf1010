"""Where an image must be for the fleet that wants it: the region, and a way to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pilotlight.catalog.images import UnknownImage, framework_image
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.ecr_uri import ECR_HOST
from pilotlight.spec.hosted_endpoint import Hosted
from pilotlight.spec.model_package import region_of_package
from pilotlight.spec.network import NetworkSpec
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused

SAME_REGION: Final = "an image comes from the region of its endpoint"
"""botocore 1.44.5, ContainerDefinition.Image."""


def refuse_out_of_reach(hosted: Hosted, fleet: Mapping[str, Any]) -> None:
    """Raise when SageMaker cannot get at the image of a model from where the fleet is.

    `fleet` holds those of its values that are right so far.
    """
    if "region" in fleet:
        _refuse_unpublished(hosted, fleet["region"])
        _refuse_elsewhere(hosted, fleet["region"])
    if hosted.model.private_registry is not None and "network" in fleet:
        _refuse_out_of_the_network(hosted, fleet["network"])


def _refuse_out_of_the_network(hosted: Hosted, network: NetworkSpec | None) -> None:
    at = (*hosted.path, "private_registry")
    allowed = "a network of the fleet with a way to the registry: vpc_id and subnet_ids"
    if network is None:
        what = "the registry is reached through a VPC, and the fleet has none"
        raise refused(what, got="no network", allowed=allowed, at=at)
    if network.create:
        raise refused("the fleet's own network has no way out", got="create: true", allowed=allowed, at=at)


def _refuse_unpublished(hosted: Hosted, region: str) -> None:
    model = hosted.model
    if model.framework is None or model.version is None:
        return
    try:
        framework_image(model.framework, model.version, region, hosted.instance_type)
    except UnknownImage as unknown:
        hint = did_you_mean(unknown.got, unknown.allowed)
        at = (*hosted.path, "framework")
        raise refused(
            unknown.what, got=unknown.got, allowed=listed(unknown.allowed), hint=hint, at=at
        ) from None


def _refuse_elsewhere(hosted: Hosted, region: str) -> None:
    model = hosted.model
    in_uri = ECR_HOST.match(model.image or "")
    if in_uri is not None:
        _refuse_unless(in_uri["region"], region, SAME_REGION, (*hosted.path, "image"))
    if model.model_package is not None:
        what = "a model package is deployed in its own region"
        _refuse_unless(region_of_package(model.model_package), region, what, (*hosted.path, "model_package"))


def _refuse_unless(found: str, region: str, what: str, at: Path) -> None:
    if found != region:
        raise refused(what, got=found, allowed=f"{region}, the region of the fleet", at=at)
