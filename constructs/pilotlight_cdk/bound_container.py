"""A container as a model of one stack has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_cdk.aws_sagemaker import CfnModel
from constructs import Construct

from pilotlight.catalog.images import framework_image
from pilotlight.spec import FleetRefused, ModelSpec, Refusal
from pilotlight_cdk.bound_image import BoundImage
from pilotlight_cdk.hosting_role import HostingRole
from pilotlight_cdk.location import Location
from pilotlight_cdk.model_faults import refuse_model
from pilotlight_cdk.model_secrets import Secret, allow_secrets
from pilotlight_cdk.permission import Permission


@dataclass(frozen=True, slots=True)
class BoundContainer:
    """A container with everything found that it needs.

    Attributes:
        scope: what it belongs to; messages name it.
        image: what serves.
        permissions: what the role needs to pull the image and to read the files.
        secrets: what the container reads itself.
        environment: all of its variables.
        files: the property that says where its files are; empty when there are none.
        spec: the container as data; its parts may be references, which no rule can judge.
    """

    scope: Construct
    image: BoundImage
    permissions: tuple[Permission, ...]
    secrets: tuple[Secret, ...]
    environment: Mapping[str, str]
    files: Mapping[str, Any]
    spec: ModelSpec

    def definition(self, name: str | None = None) -> CfnModel.ContainerDefinitionProperty:
        """Give the property of the container. Default: the only one of its model, which needs no name."""
        return CfnModel.ContainerDefinitionProperty(
            container_hostname=name,
            image=self.image.uri,
            image_config=self.image.config,
            model_package_name=self.image.model_package,
            environment=self.environment or None,
            **self.files,
        )

    def let_run(self, role: HostingRole, *further: Permission) -> None:
        """Give a role what the container needs, and more."""
        role.expect((*self.permissions, *further))
        if self.secrets:
            allow_secrets(role, self.secrets, Location.of(self.scope))

    def refuse(self, *, has_network: bool) -> None:
        """Raise FleetRefused with everything that is wrong with its parts together."""
        refuse_model(self.scope, self.spec, self.image, has_network=has_network)

    def refuse_unfit(self, instance_type: str | None) -> None:
        """Raise FleetRefused when the image of a framework is the build for other processors."""
        framework, version = self.spec.framework, self.spec.version
        if framework is None or version is None:
            return
        fitting = framework_image(framework, version, Location.of(self.scope).region, instance_type)
        if fitting != self.image.uri:
            what = f"the image is not built for {instance_type or 'CPUs'}"
            hint = "give ModelImage.from_framework the instance_type"
            where = f"{self.scope.node.path}.image"
            raise FleetRefused((Refusal("", None, where, what, str(self.image.uri), fitting, hint),))
