"""An image that the CDK builds from a Dockerfile and pushes to ECR when the stack is deployed."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import aws_ecr_assets as ecr_assets
from constructs import Construct

from pilotlight.catalog.instance_types import processor_of
from pilotlight.spec.image_build import ImageBuild
from pilotlight_cdk.bound_image import BoundImage, refused_image
from pilotlight_cdk.hosting_permissions import image_permissions


def bind_build(scope: Construct, *, build: ImageBuild, instance_type: str | None) -> BoundImage:
    """Hand the directory to the CDK CLI; nothing is built now, so synth needs no Docker.

    Args:
        scope: the model.
        build: the directory and how it is built.
        instance_type: where the image will run: Graviton takes it for arm64, everything else for x86-64.

    Raises:
        FleetRefused: there is no such Dockerfile.
    """
    directory = Path(build.directory)
    if not (directory / build.file).is_file():
        got, allowed = str(directory / build.file), "a Dockerfile, relative to the directory"
        raise refused_image(scope.node.path, "no such Dockerfile", got=got, allowed=allowed)
    asset = ecr_assets.DockerImageAsset(
        scope,
        "Image",
        directory=str(directory),
        file=build.file,
        build_args=dict(build.build_args) or None,
        target=build.target,
        platform=_platform(instance_type),
    )
    permissions = image_permissions(asset.repository.repository_arn)
    return BoundImage(spec={"build": build}, uri=asset.image_uri, permissions=permissions)


def _platform(instance_type: str | None) -> ecr_assets.Platform:
    """Say it always: a Mac would otherwise build for itself, and the container would not start on AWS."""
    on_graviton = instance_type is not None and processor_of(instance_type) == "arm64"
    return ecr_assets.Platform.LINUX_ARM64 if on_graviton else ecr_assets.Platform.LINUX_AMD64
