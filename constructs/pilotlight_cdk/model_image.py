"""Says which container image serves a model."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aws_cdk import aws_ecr as ecr
from constructs import Construct

from pilotlight.catalog.framework_environment import SCRIPT_ENVIRONMENT
from pilotlight.catalog.images import framework_image
from pilotlight.spec import EcrImage, FleetRefused, Refusal
from pilotlight_cdk.literal_region import literal_region
from pilotlight_cdk.location import Location

ECR_URI: Final = re.compile(
    r"(?P<account>[0-9]{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/"
    r"(?P<repository>[a-z0-9._/-]+)(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})"
)
"""An image in ECR with its tag or digest."""


@dataclass(frozen=True, slots=True)
class BoundImage:
    """An image in a registry.

    Attributes:
        uri: with tag or digest.
        repository_arn: what the model's role may pull from.
        spec: what a `ModelSpec` says of it.
        script_environment: makes it run the script inside the artefact.
    """

    uri: str
    repository_arn: str
    spec: Mapping[str, Any]
    script_environment: Mapping[str, str] = field(default_factory=dict)


class ModelImage(ABC):
    """The container image of a model: one of AWS's, or your own in ECR."""

    @staticmethod
    def from_framework(name: str, *, version: str, instance_type: str | None = None) -> ModelImage:
        """Take AWS's image for a framework, of the stack's region.

        Args:
            name: as `scikit-learn`.
            version: as `1.4-2`; unknown ones are refused with the known ones.
            instance_type: where it will run. Default: the build for CPUs of Intel and AMD.
        """
        return _FrameworkImage(name, version, instance_type)

    @staticmethod
    def from_ecr(repository: ecr.IRepository, *, tag: str) -> ModelImage:
        """Take an image of an ECR repository."""
        return _EcrImage(repository, tag)

    @staticmethod
    def from_uri(uri: str) -> ModelImage:
        """Take `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or `@<digest>` instead."""
        return _ImageAtUri(uri)

    @abstractmethod
    def bind(self, scope: Construct) -> BoundImage:
        """Find the image for the stack of `scope`. Raises FleetRefused when there is none."""


@dataclass(frozen=True, slots=True)
class _FrameworkImage(ModelImage):
    name: str
    version: str
    instance_type: str | None

    def bind(self, scope: Construct) -> BoundImage:
        region = literal_region(scope, f"{scope.node.path}.image")
        try:
            uri = framework_image(self.name, self.version, region, self.instance_type)
        except LookupError as unknown:
            raise FleetRefused((_refusal(scope, str(unknown)),)) from unknown
        spec = {"framework": self.name, "version": self.version}
        return BoundImage(uri, _repository_arn(scope, uri), spec, SCRIPT_ENVIRONMENT)


@dataclass(frozen=True, slots=True)
class _EcrImage(ModelImage):
    repository: ecr.IRepository
    tag: str

    def bind(self, scope: Construct) -> BoundImage:
        del scope
        uri = self.repository.repository_uri_for_tag(self.tag)
        name = self.repository.repository_name
        spec = EcrImage.model_construct(repository=name, tag=self.tag)
        return BoundImage(uri, self.repository.repository_arn, {"ecr": spec})


@dataclass(frozen=True, slots=True)
class _ImageAtUri(ModelImage):
    uri: str

    def bind(self, scope: Construct) -> BoundImage:
        return BoundImage(self.uri, _repository_arn(scope, self.uri), {"image": self.uri})


def _repository_arn(scope: Construct, uri: str) -> str:
    found = ECR_URI.fullmatch(uri)
    if found is None:
        allowed = "<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>"
        raise FleetRefused((_refusal(scope, "not an image in ECR", got=uri, allowed=allowed),))
    partition = Location.of(scope).partition
    return f"arn:{partition}:ecr:{found['region']}:{found['account']}:repository/{found['repository']}"


def _refusal(scope: Construct, what: str, *, got: str = "", allowed: str = "") -> Refusal:
    return Refusal("", None, f"{scope.node.path}.image", what, got, allowed)
