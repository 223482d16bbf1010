"""Says which container image serves a model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from pilotlight.spec.image_build import DOCKERFILE, ImageBuild
from pilotlight.spec.private_registry import PrivateRegistry
from pilotlight_cdk.bound_image import BoundImage
from pilotlight_cdk.image_elsewhere import bind_model_package, bind_private_registry
from pilotlight_cdk.image_from_dockerfile import bind_build
from pilotlight_cdk.image_in_ecr import bind_framework, bind_repository, bind_uri
from pilotlight_cdk.spec_of import spec_of

NO_ARGUMENTS: Final[Mapping[str, str]] = MappingProxyType({})


class ModelImage(ABC):
    """The container image of a model: one of AWS's, or your own."""

    @staticmethod
    def from_framework(name: str, *, version: str, instance_type: str | None = None) -> ModelImage:
        """Take AWS's image for a framework, of the stack's region.

        Args:
            name: as `scikit-learn`.
            version: as `1.4-2`; unknown ones are refused with the known ones.
            instance_type: where it will run. Default: the build for CPUs of Intel and AMD.
        """
        return _Bound(partial(bind_framework, name=name, version=version, instance_type=instance_type))

    @staticmethod
    def from_ecr(
        repository: ecr.IRepository, *, tag: str | None = None, digest: str | None = None
    ) -> ModelImage:
        """Take an image of an ECR repository.

        One of another account is `ecr.Repository.from_repository_arn(...)`: its own policy must let the
        model's role pull.

        Args:
            repository: in the stack's region.
            tag: of the image.
            digest: of the image, instead of a tag.
        """
        return _Bound(partial(bind_repository, repository=repository, tag=tag, digest=digest))

    @staticmethod
    def from_uri(uri: str) -> ModelImage:
        """Take `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or `@<digest>` instead."""
        return _Bound(partial(bind_uri, uri=uri))

    @staticmethod
    def from_dockerfile(
        directory: str | Path,
        *,
        file: str = DOCKERFILE,
        build_args: Mapping[str, str] = NO_ARGUMENTS,
        target: str | None = None,
        instance_type: str | None = None,
    ) -> ModelImage:
        """Build an image when the stack is deployed, which takes Docker; synth does not.

        Args:
            directory: holds the Dockerfile and what it copies.
            file: the Dockerfile, relative to the directory.
            build_args: arguments of the build; they stay readable in the image, so a secret is refused.
            target: the stage to build. Default: the last one.
            instance_type: where it will run; Graviton takes the image for arm64. Default: x86-64.
        """
        said = {"file": file, "build_args": build_args, "target": target}
        build = spec_of(ImageBuild, "ModelImage.from_dockerfile", {"directory": ".", **said})
        here = build.model_copy(update={"directory": str(directory)})
        return _Bound(partial(bind_build, build=here, instance_type=instance_type))

    @staticmethod
    def from_private_registry(
        uri: str, *, credentials_provider: lambda_.IFunction | str | None = None
    ) -> ModelImage:
        """Take an image of a private Docker registry, which the model reaches through its VPC.

        Args:
            uri: as `registry.example.org/team/ocr:1.4`.
            credentials_provider: the Lambda function that returns user and password, or its ARN. Default: the
                registry asks for none.
        """
        known = credentials_provider if isinstance(credentials_provider, str) else None
        said = {"image": uri, "credentials_provider": known}
        registry = spec_of(PrivateRegistry, "ModelImage.from_private_registry", said)
        if credentials_provider is not None and not isinstance(credentials_provider, str):
            arn = credentials_provider.function_arn
            registry = registry.model_copy(update={"credentials_provider": arn})
        return _Bound(partial(bind_private_registry, registry=registry))

    @staticmethod
    def from_model_package(arn: str) -> ModelImage:
        """Take image, files and variables of a model package.

        Args:
            arn: of a version in the SageMaker Model Registry, or of a product of AWS Marketplace that the
                account is subscribed to.
        """
        return _Bound(partial(bind_model_package, arn=arn))

    @abstractmethod
    def bind(self, scope: Construct) -> BoundImage:
        """Find the image for the stack of `scope`. Raises FleetRefused when there is none."""


@dataclass(frozen=True, slots=True)
class _Bound(ModelImage):
    find: Callable[[Construct], BoundImage]

    def bind(self, scope: Construct) -> BoundImage:
        return self.find(scope)
