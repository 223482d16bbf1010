"""A model that SageMaker can host: image, files, environment and the role it runs with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, Self, TypeVar

import jsii
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from pilotlight.catalog.multi_model import MODEL_MEMORY_VARIABLE
from pilotlight.spec import FleetRefused, ModelSpec, Refusal
from pilotlight.spec.base import Spec
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.container import Container
from pilotlight_cdk.hosting_permissions import metric_permission
from pilotlight_cdk.hosting_role import HostingRole, hosting_role
from pilotlight_cdk.live_references import refuse_plain
from pilotlight_cdk.location import Location
from pilotlight_cdk.model_artifact import ModelArtifact
from pilotlight_cdk.model_image import ModelImage
from pilotlight_cdk.model_network import network_of, network_permissions
from pilotlight_cdk.runs_as_role import RunsAsRole

S = TypeVar("S", bound=Spec)
NO_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({})
NO_SECRETS: Final[Mapping[str, secretsmanager.ISecret | str]] = MappingProxyType({})


@jsii.implements(iam.IGrantable, ec2.IConnectable)
class Model(RunsAsRole, Construct):
    """A container image with the files it serves.

    It owns a role that may pull the image, read the files, and write logs and metrics; grant it more with
    any `grant_*` of the CDK, as in `features.grant_read(model)`.

    Args:
        image: what serves the model.
        artifact: the model's files. Default: the image brings them along.
        environment: variables of the container; secrets in them are refused. A framework image with an
            artifact is also told to run the artifact's `code/inference.py`. Default: nothing more.
        secrets: variable → the secret that holds its value, or its name or ARN. The container is given
            `<variable>_SECRET_ID` and may read the secret; it does so itself. Default: none.
        network_isolation: the container has no network, not even to AWS. Default: True.
        accept_eula: you accept the licence of a gated model, whose artifact is a prefix. Default: False.
        role: assumed by SageMaker; gets the same permissions added. Default: a role of its own.
        vpc: where the container lives; its files then come through the VPC too, which needs a way to S3.
            Default: SageMaker's own network.
        vpc_subnets: which subnets of the VPC. Default: the private ones.
        security_groups: of the container. Default: in a VPC, one of its own.
        allow_all_outbound: whether the security group of its own lets everything out. Default: True.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        image: ModelImage,
        artifact: ModelArtifact | None = None,
        environment: Mapping[str, str] = NO_ENVIRONMENT,
        secrets: Mapping[str, secretsmanager.ISecret | str] = NO_SECRETS,
        network_isolation: bool = True,
        accept_eula: bool = False,
        role: iam.IRole | None = None,
        vpc: ec2.IVpc | None = None,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
        allow_all_outbound: bool = True,
    ) -> None:
        live = {"role": role, "vpc": vpc, "vpc_subnets": vpc_subnets, "security_groups": security_groups}
        refuse_plain(ConstructPath(scope, id), live)
        super().__init__(scope, id)
        Location.inherit(self, scope)
        container = Container(image, artifact, environment, secrets, accept_eula)
        self._container = container.bind(self, network_isolation=network_isolation)
        self._container.refuse(has_network=vpc is not None)
        self._has_files = artifact is not None
        self._network = network_of(
            self,
            vpc=vpc,
            vpc_subnets=vpc_subnets,
            security_groups=security_groups,
            allow_all_outbound=allow_all_outbound,
        )
        self.hosting_role = hosting_role(self, "Role", role)
        self._container.let_run(self.hosting_role, metric_permission(), *network_permissions(self._network))
        self.cfn_model = self._build_model()

    @classmethod
    def from_spec(
        cls,
        scope: Construct,
        id: str,
        spec: ModelSpec,
        *,
        instance_type: str | None,
        source_root: Path | None = None,
        role: iam.IRole | None = None,
        **network: Any,
    ) -> Self:
        """Build what a fleet file says about a model.

        Args:
            scope: parent of the model.
            id: construct id.
            spec: what the fleet file says.
            instance_type: where the model will run; decides between the CPU and GPU builds of an image. None
                where SageMaker chooses, which is on CPUs.
            source_root: what a relative `source` directory is relative to. Default: the working directory.
            role: see the class.
            network: `vpc` and what goes with it, see the class.
        """
        container = Container.from_spec(scope, id, spec, instance_type=instance_type, source_root=source_root)
        return cls(
            scope,
            id,
            image=container.image,
            artifact=container.artifact,
            environment=container.environment,
            secrets=container.secrets,
            accept_eula=container.accept_eula,
            network_isolation=spec.network_isolation,
            role=role,
            **network,
        )

    @property
    def spec(self) -> ModelSpec:
        """The model as data; its parts may be references."""
        return self._container.spec

    @property
    def image_uri(self) -> str | None:
        """The image, with tag or digest; None for a model package."""
        return self._container.image.uri

    def with_time_to_load(self, endpoint: S) -> S:
        """Give an endpoint's spec the time that loading this model takes, if more is known than it says."""
        return endpoint

    def let_load(self, role: HostingRole) -> None:
        """Let another role load the model too: that of instances that belong to no model."""
        self._container.let_run(role)

    def refuse_unfit(self, instance_type: str | None) -> None:
        """Raise FleetRefused when the image of a framework is the build for other processors."""
        self._container.refuse_unfit(instance_type)

    def host_many(
        self,
        bucket: s3.IBucket,
        prefix: str,
        *,
        cache_setting: Literal["Enabled", "Disabled"] = "Enabled",
        model_memory: int | None = None,
    ) -> None:
        """Make it the container of all models below a prefix, for a multi-model endpoint.

        SageMaker takes the prefix as ModelDataUrl only, ModelDataSource does not work here (botocore 1.44.5,
        ModelDataSource).

        Args:
            bucket: holds the models; the role may read them.
            prefix: where they are; ends in a slash.
            cache_setting: whether models stay in memory after their answer. Default: they do.
            model_memory: mebibytes of a loaded model; said in the container's environment, for the embedded
                AWS. Default: nothing is said.

        Raises FleetRefused when the model has files of its own, or hosts many already.
        """
        definition = sagemaker.CfnModel.ContainerDefinitionProperty
        if self._has_files or self.image_uri is None:
            where, what = f"{self.node.path}.artifact", "a container of many models has none of its own"
            raise FleetRefused((Refusal("", None, where, what),))
        self._has_files = True
        models = ModelArtifact.from_bucket(bucket, prefix).bind(self)
        self.hosting_role.expect(models.permissions)
        said = {} if model_memory is None else {MODEL_MEMORY_VARIABLE: str(model_memory)}
        self.cfn_model.primary_container = definition(
            image=self.image_uri,
            image_config=self._container.image.config,
            environment={**self._container.environment, **said} or None,
            mode="MultiModel",
            model_data_url=models.uri,
            multi_model_config=sagemaker.CfnModel.MultiModelConfigProperty(model_cache_setting=cache_setting),
        )

    def _build_model(self) -> sagemaker.CfnModel:
        model = sagemaker.CfnModel(
            self,
            "Resource",
            execution_role_arn=self.hosting_role.arn,
            enable_network_isolation=self.spec.network_isolation,
            vpc_config=None if self._network is None else self._network.config,
            primary_container=self._container.definition(),
        )
        self.hosting_role.precede(model)
        return model
