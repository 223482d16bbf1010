"""A container image as a model of one stack uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_cdk import aws_sagemaker as sagemaker

from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.permission import Permission


@dataclass(frozen=True, slots=True)
class BoundImage:
    """An image in a registry, or a model package that has one.

    Attributes:
        spec: what a `ModelSpec` says of it.
        uri: with tag or digest; None for a model package.
        model_package: the ARN of the model package, which brings files and variables; None for an image.
        permissions: what the model's role needs to pull the image.
        script_environment: makes it run the script inside the artefact.
        config: how SageMaker gets at the image. Default: from ECR.
    """

    spec: Mapping[str, Any]
    uri: str | None = None
    model_package: str | None = None
    permissions: tuple[Permission, ...] = ()
    script_environment: Mapping[str, str] = field(default_factory=dict)
    config: sagemaker.CfnModel.ImageConfigProperty | None = None

    @property
    def through_vpc(self) -> bool:
        """Whether the way to the image is the model's VPC."""
        return self.config is not None


def refused_image(
    where: object, what: str, *, got: str = "", allowed: str = "", hint: str = ""
) -> FleetRefused:
    """Build the error about the image of the model at `where`."""
    return FleetRefused((Refusal("", None, f"{where}.image", what, got, allowed, hint),))
