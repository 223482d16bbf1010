"""Builds the image that a fleet file names."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import aws_ecr as ecr
from constructs import Construct

from pilotlight.spec import EcrImage, FleetRefused, ModelSpec, Refusal
from pilotlight_cdk.location import Location
from pilotlight_cdk.model_image import ModelImage


def image_of(scope: Construct, id: str, spec: ModelSpec, instance_type: str | None, root: Path) -> ModelImage:
    """Give the image of a model.

    Args:
        scope: parent of the model.
        id: of the model.
        spec: what the fleet file says.
        instance_type: where it will run.
        root: what the directory of a Dockerfile is relative to.

    Raises:
        FleetRefused: the model names no image.
    """
    if spec.framework is not None and spec.version is not None:
        return ModelImage.from_framework(spec.framework, version=spec.version, instance_type=instance_type)
    if spec.ecr is not None:
        repository = _repository(scope, f"{id}Repository", spec.ecr)
        return ModelImage.from_ecr(repository, tag=spec.ecr.tag, digest=spec.ecr.digest)
    if spec.image is not None:
        return ModelImage.from_uri(spec.image)
    if spec.build is not None:
        return ModelImage.from_dockerfile(
            root / spec.build.directory,
            file=spec.build.file,
            build_args=spec.build.build_args,
            target=spec.build.target,
            instance_type=instance_type,
        )
    return _image_elsewhere(spec)


def _image_elsewhere(spec: ModelSpec) -> ModelImage:
    if spec.private_registry is not None:
        registry = spec.private_registry
        return ModelImage.from_private_registry(
            registry.image, credentials_provider=registry.credentials_provider
        )
    if spec.model_package is not None:
        return ModelImage.from_model_package(spec.model_package)
    raise FleetRefused((Refusal("", None, "model", "has no image"),))


def _repository(scope: Construct, id: str, image: EcrImage) -> ecr.IRepository:
    if image.account is None:
        return ecr.Repository.from_repository_name(scope, id, image.repository)
    here = Location.of(scope)
    arn = f"arn:{here.partition}:ecr:{here.region}:{image.account}:repository/{image.repository}"
    return ecr.Repository.from_repository_arn(scope, id, arn)
