"""A model of several containers, which run together on every instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

import jsii
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from pilotlight.spec import FleetRefused, ModelSpec, Refusal
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.container import Container
from pilotlight_cdk.hosting_permissions import metric_permission
from pilotlight_cdk.hosting_role import hosting_role
from pilotlight_cdk.live_references import refuse_plain
from pilotlight_cdk.model_network import network_of, network_permissions
from pilotlight_cdk.runs_as_role import RunsAsRole

Mode = Literal["Direct", "Serial"]


@jsii.implements(iam.IGrantable, ec2.IConnectable)
class ContainerModel(RunsAsRole, Construct):
    """Two to fifteen containers that SageMaker knows as one model.

    They share a role, the memory and disk of their instance, and a network or none; grant them more with any
    `grant_*` of the CDK, as in `features.grant_read(model)`.

    Args:
        containers: by their names, which callers, metrics and logs use. Their order is that of a pipeline.
        network_isolation: no container has a network, not even to AWS. Default: True.
        role: assumed by SageMaker; gets the same permissions added. Default: a role of its own.
        vpc: where the containers live; files then come through the VPC too, which needs a way to S3.
            Default: SageMaker's own network.
        vpc_subnets: which subnets of the VPC. Default: the private ones.
        security_groups: of the containers. Default: in a VPC, one of its own.
        allow_all_outbound: whether the security group of its own lets everything out. Default: True.

    Attributes:
        role: what the containers run with.
        specs: the containers as data, by name.
        cfn_model: the model itself.
    """

    _mode: Mode | None = None

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        containers: Mapping[str, Container],
        network_isolation: bool = True,
        role: iam.IRole | None = None,
        vpc: ec2.IVpc | None = None,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
        allow_all_outbound: bool = True,
    ) -> None:
        live = {"role": role, "vpc": vpc, "vpc_subnets": vpc_subnets, "security_groups": security_groups}
        refuse_plain(ConstructPath(scope, id), live)
        super().__init__(scope, id)
        places = Construct(self, "Containers")
        self._bound = {
            name: each.bind(Construct(places, name), network_isolation=network_isolation)
            for name, each in containers.items()
        }
        for container in self._bound.values():
            container.refuse(has_network=vpc is not None)
        self.specs: Mapping[str, ModelSpec] = {name: each.spec for name, each in self._bound.items()}
        self._network = network_of(
            self,
            vpc=vpc,
            vpc_subnets=vpc_subnets,
            security_groups=security_groups,
            allow_all_outbound=allow_all_outbound,
        )
        self.hosting_role = hosting_role(self, "Role", role)
        self.hosting_role.expect((metric_permission(), *network_permissions(self._network)))
        for container in self._bound.values():
            container.let_run(self.hosting_role)
        self.cfn_model = self._build_model(network_isolation=network_isolation)

    @classmethod
    def from_spec(
        cls,
        scope: Construct,
        id: str,
        specs: Mapping[str, ModelSpec],
        *,
        instance_type: str,
        source_root: Path | None = None,
        **live: Any,
    ) -> Self:
        """Build what a fleet file says about containers.

        Args:
            scope: parent of the model.
            id: construct id.
            specs: what the fleet file says of each container, by name.
            instance_type: where they will run; decides between the CPU and GPU builds of an image.
            source_root: what a relative `source` directory is relative to. Default: the working directory.
            live: the other keywords.
        """
        containers = {
            name: Container.from_spec(
                scope, f"{id}-{name}", spec, instance_type=instance_type, source_root=source_root
            )
            for name, spec in specs.items()
        }
        isolated = all(spec.network_isolation for spec in specs.values())
        return cls(scope, id, containers=containers, network_isolation=isolated, **live)

    def refuse_unfit(self, instance_type: str) -> None:
        """Raise FleetRefused when the image of a framework is the build for other processors."""
        for container in self._bound.values():
            container.refuse_unfit(instance_type)

    def answer(self, mode: Mode) -> None:
        """Say how requests reach the containers: one of them directly, or all of them in a row.

        Raises FleetRefused when an endpoint of the other sort has this model already.
        """
        config = sagemaker.CfnModel.InferenceExecutionConfigProperty(mode=mode)
        if self._mode is not None and self._mode != mode:
            what = "an endpoint that calls its containers in another way has this model"
            raise FleetRefused((Refusal("", None, f"{self.node.path}.containers", what, mode, self._mode),))
        self._mode = mode
        self.cfn_model.inference_execution_config = config

    def _build_model(self, *, network_isolation: bool) -> sagemaker.CfnModel:
        model = sagemaker.CfnModel(
            self,
            "Resource",
            execution_role_arn=self.hosting_role.arn,
            enable_network_isolation=network_isolation,
            vpc_config=None if self._network is None else self._network.config,
            containers=[each.definition(name) for name, each in self._bound.items()],
        )
        self.hosting_role.precede(model)
        return model
