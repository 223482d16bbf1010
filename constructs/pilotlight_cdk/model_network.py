"""Where in a VPC the containers of a model live, and what their role needs for that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog.limits import VPC_SECURITY_GROUPS, VPC_SUBNETS, Limit
from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.permission import Permission

NO_RESOURCE: Final = (
    "SageMaker makes network interfaces that do not exist yet, and describing knows no resource"
)
"""Why the role may do this to any network interface."""


class ModelNetwork:
    """Chooses subnets and security groups.

    Args:
        scope: the model; parent of the security group, when none is given.
        vpc: the network.
        vpc_subnets: which of its subnets. Default: the private ones.
        security_groups: of the containers. Default: one of its own.
        allow_all_outbound: whether the one of its own lets everything out.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        vpc: ec2.IVpc,
        vpc_subnets: ec2.SubnetSelection | None,
        security_groups: Sequence[ec2.ISecurityGroup] | None,
        allow_all_outbound: bool,
    ) -> None:
        self._subnet_ids = _subnet_ids(vpc, ec2.SubnetSelection() if vpc_subnets is None else vpc_subnets)
        self._groups = (
            [_own_group(scope, vpc, allow_all_outbound=allow_all_outbound)]
            if security_groups is None
            else list(security_groups)
        )
        _refuse_beyond(scope, "vpc_subnets", len(self._subnet_ids), VPC_SUBNETS)
        _refuse_beyond(scope, "security_groups", len(self._groups), VPC_SECURITY_GROUPS)
        self.connections = ec2.Connections(security_groups=self._groups)

    @property
    def config(self) -> sagemaker.CfnModel.VpcConfigProperty:
        """The network in CloudFormation's words."""
        return sagemaker.CfnModel.VpcConfigProperty(
            subnets=self._subnet_ids, security_group_ids=[each.security_group_id for each in self._groups]
        )

    @property
    def of_endpoint_config(self) -> sagemaker.CfnEndpointConfig.VpcConfigProperty:
        """The same, where the instances belong to no model."""
        return sagemaker.CfnEndpointConfig.VpcConfigProperty(
            subnets=self._subnet_ids, security_group_ids=[each.security_group_id for each in self._groups]
        )


def network_of(
    scope: Construct,
    *,
    vpc: ec2.IVpc | None,
    vpc_subnets: ec2.SubnetSelection | None,
    security_groups: Sequence[ec2.ISecurityGroup] | None,
    allow_all_outbound: bool,
) -> ModelNetwork | None:
    """Give the network that the keywords of a construct ask for; None is SageMaker's own."""
    if vpc is None:
        return None
    return ModelNetwork(
        scope,
        vpc=vpc,
        vpc_subnets=vpc_subnets,
        security_groups=security_groups,
        allow_all_outbound=allow_all_outbound,
    )


def network_permissions(network: ModelNetwork | None) -> tuple[Permission, ...]:
    """What the role of a model needs to put instances into its network."""
    if network is None:
        return ()
    return (Permission(actions.JOIN_NETWORK, ("*",), wildcard_because=NO_RESOURCE),)


def _subnet_ids(vpc: ec2.IVpc, wanted: ec2.SubnetSelection) -> list[str]:
    if wanted.subnets is not None:  # those that were imported know no zone, which a selection would ask for
        return [each.subnet_id for each in wanted.subnets]
    chosen = vpc.select_subnets(
        availability_zones=wanted.availability_zones,
        one_per_az=wanted.one_per_az,
        subnet_filters=wanted.subnet_filters,
        subnet_group_name=wanted.subnet_group_name,
        subnet_type=wanted.subnet_type,
    )
    return chosen.subnet_ids


def _own_group(scope: Construct, vpc: ec2.IVpc, *, allow_all_outbound: bool) -> ec2.SecurityGroup:
    description = "Containers of a SageMaker model"
    return ec2.SecurityGroup(
        scope, "SecurityGroup", vpc=vpc, description=description, allow_all_outbound=allow_all_outbound
    )


def _refuse_beyond(scope: Construct, keyword: str, count: int, limit: Limit) -> None:
    if not limit.allows(count):
        where = f"{scope.node.path}.{keyword}"
        raise FleetRefused((Refusal("", None, where, "not so many", str(count), str(limit)),))
