"""An endpoint whose instances several models share, each with as many copies as it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, Self

import jsii
from aws_cdk import Annotations, Duration, Resource, Size, Tags
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog.component_metrics import UTILIZATION_NAMESPACE
from pilotlight.catalog.inference_components import DEFAULT_MEMORY_MIB, zero_instances_notice
from pilotlight.spec import (
    AdapterSpec,
    AnyComponentDeployment,
    AnyCopyScaling,
    ComponentAlarms,
    FleetRefused,
    InferenceComponentEndpointSpec,
    InferenceComponentSpec,
    ManagedInstanceScaling,
    Refusal,
    build,
)
from pilotlight.spec.component_hosting import ComponentHosting
from pilotlight.spec.routing import RoutingStrategy
from pilotlight_cdk.any_endpoint import AnyEndpoint
from pilotlight_cdk.bound_container import BoundContainer
from pilotlight_cdk.built_endpoint import build_endpoint
from pilotlight_cdk.child_of import child_of
from pilotlight_cdk.component_endpoint_config import build_component_endpoint_config
from pilotlight_cdk.component_name import refuse_taken
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.container import Container
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.has_component import HasComponent
from pilotlight_cdk.hosting_permissions import (
    component_permissions,
    hosting_permissions,
    metric_permission,
)
from pilotlight_cdk.hosting_role import hosting_role
from pilotlight_cdk.in_mebibytes import in_mebibytes
from pilotlight_cdk.inference_component import INVOKE, InferenceComponent, InvokedComponent
from pilotlight_cdk.live_references import refuse_plain
from pilotlight_cdk.location import Location
from pilotlight_cdk.model import Model
from pilotlight_cdk.model_artifact import ModelArtifact
from pilotlight_cdk.model_artifact_of import artifact_of
from pilotlight_cdk.model_network import network_of, network_permissions
from pilotlight_cdk.permission import allow
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings
from pilotlight_cdk.volume_key import volume_key_arn

NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
DEFAULT_ALARMS: Final = ComponentAlarms()
LONGEST_OWN_NAME: Final = 40
"""Characters of a name made of the path: the names of components begin with it, and have 63."""


@jsii.implements(sagemaker.IEndpoint)
class InferenceComponentEndpoint(AnyEndpoint, Resource):
    """Hosts several models on shared instances; both the instances and the copies can go to zero and back.

    Add models with `add_component`. The execution role, the network and its isolation belong to the endpoint,
    because its instances belong to no model.

    Args:
        instance_type: as `ml.g5.12xlarge`.
        scaling: how many instances there are. Default: as many as at first.
        initial_instance_count: instances at creation. Default: 1.
        schedulable_memory: what of an instance's memory the copies may reserve; a number counts mebibytes.
            Default: what was measured, or three quarters (assumed).
        routing_strategy: which copy takes a request. Default: the one with the fewest in flight.
        prefix_length: with PREFIX_AWARE, how many bytes of a request count. Default: none, for the others.
        concurrency_threshold: with PREFIX_AWARE, requests in flight at which a copy gets no more for its
            prefixes. Default: none, for the others.
        alarms: thresholds, for each component. Default: the model fails on 5 % of the requests, or one found
            no copy.
        volume_size: storage of an instance. Default: SageMaker's choice.
        inference_ami_version: machine image of the instances. Default: SageMaker's choice.
        capacity_reservation_arn: the only place to start instances in. Default: anywhere.
        variant_instance_provision_timeout: time to find capacity. Default: SageMaker's.
        tags: on everything that it makes; the model is another construct. Default: none.
        endpoint_name: what callers use; it stays the same across updates. Default: from the construct's path.
        network_isolation: no container has a network; as all components have it. Default: True.
        role: assumed by SageMaker; gets the same permissions added. Default: a role of its own.
        vpc: where the containers live. Default: SageMaker's own network.
        vpc_subnets: which subnets of the VPC. Default: the private ones.
        security_groups: of the containers. Default: in a VPC, one of its own.
        allow_all_outbound: whether the security group of its own lets everything out. Default: True.
        encryption_key: encrypts volumes and alarms. An imported key must let CloudWatch use it. Default: a
            `CustomerKey` of its own.
        alarm_topic: is told of alarms. Default: one of its own.

    Attributes:
        hosting: what is said of the instances, as data.
        endpoint_name: a literal, not a reference.
        alarm_topic: is told of alarms.
        cfn_endpoint_config: replaced by any change; it has no name of its own.
        cfn_endpoint: the endpoint itself.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        instance_type: str,
        scaling: ManagedInstanceScaling | None = None,
        initial_instance_count: int = 1,
        schedulable_memory: Size | int | None = None,
        routing_strategy: RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS",
        prefix_length: int | None = None,
        concurrency_threshold: int | None = None,
        alarms: ComponentAlarms = DEFAULT_ALARMS,
        volume_size: Size | int | None = None,
        inference_ami_version: str | None = None,
        capacity_reservation_arn: str | None = None,
        variant_instance_provision_timeout: Duration | timedelta | None = None,
        tags: Mapping[str, str] = NO_TAGS,
        endpoint_name: str | None = None,
        network_isolation: bool = True,
        role: iam.IRole | None = None,
        vpc: ec2.IVpc | None = None,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
        allow_all_outbound: bool = True,
        encryption_key: kms.IKey | None = None,
        alarm_topic: sns.ITopic | None = None,
    ) -> None:
        said = {**locals(), "schedulable_memory": in_mebibytes(schedulable_memory)}
        self.hosting = spec_of(ComponentHosting, ConstructPath(scope, id), said)
        super().__init__(scope, id)
        self._network_isolation = network_isolation
        self._components: dict[str, InferenceComponent] = {}
        self._callers: list[iam.IGrantable] = []
        self._endpoint_name = literal_name(self, endpoint_name, longest=LONGEST_OWN_NAME)
        around = Surroundings.of(self, self._endpoint_name, encryption_key)
        self.alarm_topic = around.alarm_topic(alarm_topic)
        key_arn = volume_key_arn(around.encryption_key, (instance_type,))
        self._has_network = vpc is not None
        network = network_of(
            self,
            vpc=vpc,
            vpc_subnets=vpc_subnets,
            security_groups=security_groups,
            allow_all_outbound=allow_all_outbound,
        )
        self.hosting_role = hosting_role(self, "Role", role)
        needed = hosting_permissions(self, self._endpoint_name, rollback_alarms=(), volume_key_arn=key_arn)
        self.hosting_role.permit(
            (*needed, metric_permission(UTILIZATION_NAMESPACE), *network_permissions(network))
        )
        self.cfn_endpoint_config = build_component_endpoint_config(
            self,
            "Config",
            spec=self.hosting,
            role_arn=self.hosting_role.arn,
            network_isolation=network_isolation,
            network=network,
            volume_key_arn=key_arn,
        )
        self.cfn_endpoint = build_endpoint(
            self,
            "Resource",
            endpoint_name=self._endpoint_name,
            config=self.cfn_endpoint_config,
            scaled=scaling is not None,
            deployment=None,
            rollback_alarms=(),
        )
        self.hosting_role.precede(self.cfn_endpoint)
        self.node.add_validation(HasComponent(self._components))
        self._say_what_is_known_of_zero()
        for key, value in self.hosting.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(
        cls,
        scope: Construct,
        id: str,
        spec: InferenceComponentEndpointSpec,
        *,
        models: Mapping[str, Model | Container],
        source_root: Path | None = None,
        **live: Any,
    ) -> Self:
        """Build what a fleet file says, with all its components.

        Args:
            scope: parent of the endpoint.
            id: construct id.
            spec: what the fleet file says.
            models: what each component runs, by its name.
            source_root: what the `source` of an adapter is relative to. Default: the working directory.
            live: keywords that a fleet file cannot hold.
        """
        said = {name: getattr(spec, name) for name in ComponentHosting.model_fields}
        endpoint = cls(scope, id, network_isolation=spec.network_isolation, **said, **live)
        for name, component in spec.components.items():
            kept = {key: getattr(component, key) for key in InferenceComponentSpec.model_fields}
            for key in ("model", "deployed_as", "adapters"):
                del kept[key]
            added = endpoint.add_component(name, model=models[name], **kept)
            for key, adapter in component.adapters.items():
                added.add_adapter(key, artifact=_artifact(adapter, source_root))
        return endpoint

    @property
    def spec(self) -> InferenceComponentEndpointSpec:
        """The keywords as data, with the components so far. Raises FleetRefused without any."""
        return self._spec_with({name: each.spec for name, each in self._components.items()})

    @property
    def components(self) -> Mapping[str, InferenceComponent]:
        """The components by name."""
        return dict(self._components)

    def add_component(
        self,
        name: str,
        *,
        model: Model | Container,
        cores: float | None = None,
        accelerators: int | None = None,
        memory: Size | int = DEFAULT_MEMORY_MIB,
        max_memory: Size | int | None = None,
        copies: int = 1,
        placement_strategy: Literal["SPREAD", "BINPACK"] | None = None,
        max_imbalance: int | None = None,
        data_cache: bool | None = None,
        model_data_download_timeout: Duration | timedelta | None = None,
        container_startup_health_check_timeout: Duration | timedelta | None = None,
        scaling: AnyCopyScaling | None = None,
        deployment: AnyComponentDeployment | None = None,
        rollback_alarms: Sequence[IAlarmRef] | None = None,
    ) -> InferenceComponent:
        """Add a model.

        Args:
            name: ends the name of the component, `<endpoint>-<name>`.
            model: what runs in each copy: a `Model`, or a `Container` without one.
            cores: CPU cores that each copy reserves. Default: SageMaker's choice.
            accelerators: GPUs or AWS's own accelerators that each copy has for itself. Default: none.
            memory: that each copy reserves; a number counts mebibytes. Default: 1 GiB.
            max_memory: that each copy may have. Default: as much as there is.
            copies: at creation; AWS refuses none. Default: 1.
            placement_strategy: spread the copies, or pack them. Default: SageMaker's choice.
            max_imbalance: with a strategy, how far Availability Zones may differ. Default: not at all.
            data_cache: keep image and files on the instances. Default: SageMaker's choice.
            model_data_download_timeout: time to fetch the artefact. Default: SageMaker's.
            container_startup_health_check_timeout: time until the container answers. Default: SageMaker's.
            scaling: how many copies there are. Default: as many as at first.
            deployment: how an update replaces copies. Default: SageMaker's.
            rollback_alarms: take an update back, 10 at most. Default: with a `deployment`, the alarm on
                server errors, else none.

        Raises FleetRefused when it cannot live on this endpoint.
        """
        said = {**locals(), "memory": in_mebibytes(memory), "max_memory": in_mebibytes(max_memory)}
        refuse_taken(self, name, self._components)
        refuse_plain(f"{self.node.path}.{name}", {"model": model})
        place = child_of(self, "Components")
        container = None
        if isinstance(model, Model):
            model.refuse_unfit(self.hosting.instance_type)
            model.let_load(self.hosting_role)
        else:
            container = self._bound(Construct(place, f"{name}-container"), model)
            said |= {"model": container.spec, "deployed_as": "container"}
        spec = spec_of(InferenceComponentSpec, f"{self.node.path}.{name}", said)
        if isinstance(model, Model):
            spec = model.with_time_to_load(spec)
        self._refuse_isolation(name, spec)
        self._spec_with({**{key: each.spec for key, each in self._components.items()}, name: spec})
        component = InferenceComponent(
            place,
            name,
            endpoint=self,
            spec=spec,
            model=model if isinstance(model, Model) else None,
            container=container,
            rollback_alarms=rollback_alarms,
        )
        self._components[name] = component
        self.let_invoke(component)
        return component

    @property
    def role(self) -> iam.IRole:
        """What its instances run with."""
        return self.hosting_role.role

    def grant_invoke(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody invoke all components, those included that are added later."""
        self._callers.append(grantee)
        all_of_them = (each for one in self._components.values() for each in (one, *one.adapters.values()))
        return allow(grantee, INVOKE, (self.endpoint_arn, *(each.component_arn for each in all_of_them)))

    def let_invoke(self, component: InvokedComponent) -> None:
        """Let whoever may invoke all components invoke a new one."""
        for caller in self._callers:
            allow(caller, INVOKE, (component.component_arn,))

    def let_run(self, name: str, model: Model | None, rollback_alarms: Sequence[IAlarmRef]) -> None:
        """Let the instances write the logs of a component, and SageMaker look at what takes it back.

        AWS does not say whether the role of the endpoint or that of the model does, so both may.
        """
        for role in (self.hosting_role, *(() if model is None else (model.hosting_role,))):
            role.permit(component_permissions(self, name, rollback_alarms))

    def check(self) -> None:
        """Raise FleetRefused when the components cannot live together."""
        self._spec_with({name: each.spec for name, each in self._components.items()})

    def _bound(self, scope: Construct, container: Container) -> BoundContainer:
        bound = container.bind(scope, network_isolation=self._network_isolation)
        bound.refuse(has_network=self._has_network)
        bound.refuse_unfit(self.hosting.instance_type)
        bound.let_run(self.hosting_role)
        return bound

    def _spec_with(self, components: Mapping[str, InferenceComponentSpec]) -> InferenceComponentEndpointSpec:
        said = {name: getattr(self.hosting, name) for name in ComponentHosting.model_fields}
        return build(
            InferenceComponentEndpointSpec,
            self.node.path,
            **said,
            components=dict(components),
        )

    def _refuse_isolation(self, name: str, spec: InferenceComponentSpec) -> None:
        if spec.model.network_isolation != self._network_isolation:
            where, what = f"{self.node.path}.{name}.model", "not isolated as its endpoint is"
            got, allowed = str(spec.model.network_isolation), f"network_isolation={self._network_isolation}"
            raise FleetRefused((Refusal("", None, where, what, got, allowed),))

    def _say_what_is_known_of_zero(self) -> None:
        scaling, region = self.hosting.scaling, Location.of(self).region
        notice = zero_instances_notice(region)
        if scaling is not None and scaling.min_instance_count == 0 and notice is not None:
            Annotations.of(self).add_info(notice)


def _artifact(adapter: AdapterSpec, source_root: Path | None) -> ModelArtifact:
    artifact = artifact_of(adapter, Path() if source_root is None else source_root)
    if artifact is None:
        raise ValueError("adapter, got no source, allowed one")
    return artifact
