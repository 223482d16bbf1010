"""The network of a fleet: one of its own, or one that its file names."""

from __future__ import annotations

from typing import Any

from aws_cdk import Acknowledgment, Annotations, CfnOutput, Fn, Stack, Validations
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from pilotlight.catalog import network as output
from pilotlight.catalog.naming import NETWORK_KEY, stack_name
from pilotlight.spec import FleetSpec, NetworkSpec
from stacks.identity import environment_of, tags_of, title_of

ADDRESSES = "10.0.0.0/16"
NO_ROUTES = "models need the id of a subnet and nothing else of it"
NO_FLOW_LOGS = "the network has no way out; who wants to watch it names a VPC of his own in the fleet file"


class NetworkStack(Stack):
    """Two zones without a way to the internet, and endpoints of the AWS services that hosting needs."""

    def __init__(self, scope: Construct, *, fleet: FleetSpec) -> None:
        super().__init__(
            scope,
            stack_name(fleet.name, NETWORK_KEY, fleet.stage),
            env=environment_of(fleet),
            description=f"Pilotlight fleet {title_of(fleet)}: network of the containers",
            tags=tags_of(fleet),
            termination_protection=True,
        )
        vpc = self._vpc()
        vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)
        for name in _interfaces(fleet):
            service = ec2.InterfaceVpcEndpointAwsService(name)
            vpc.add_interface_endpoint(name, service=service, open=False).connections.allow_default_port_from(
                ec2.Peer.ipv4(ADDRESSES), "containers of the fleet"
            )
        CfnOutput(self, output.VPC_ID, value=vpc.vpc_id, description="Where the containers live")
        for name, subnet in zip(output.SUBNET_IDS, vpc.isolated_subnets, strict=True):
            CfnOutput(self, name, value=subnet.subnet_id, description="One zone of it")

    def _vpc(self) -> ec2.Vpc:
        vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(ADDRESSES),
            max_azs=len(output.SUBNET_IDS),
            nat_gateways=0,
            restrict_default_security_group=False,  # nothing uses it, and it takes a function of the CDK
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Containers", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
            ],
        )
        Validations.of(vpc).acknowledge(Acknowledgment(id="AwsSolutions-VPC7", reason=NO_FLOW_LOGS))
        return vpc


def _interfaces(fleet: FleetSpec) -> tuple[str, ...]:
    hosted = (each for endpoint in fleet.endpoints.values() for each in endpoint.hosted)
    reads_secrets = any(each.model.secrets for each in hosted)
    return (*output.INTERFACES, output.SECRETS_INTERFACE) if reads_secrets else output.INTERFACES


def network_of(stack: Stack, fleet: FleetSpec, created: NetworkStack | None) -> dict[str, Any]:
    """Give the keywords that put models into the fleet's network; none for a fleet without one."""
    if fleet.network is None:
        return {}
    if created is None:
        return _named(stack, fleet.network)
    stack.add_stack_dependency(created, reason="reads its outputs")
    subnet_ids = [Fn.get_stack_output(created.stack_name, name) for name in output.SUBNET_IDS]
    return _imported(stack, Fn.get_stack_output(created.stack_name, output.VPC_ID), subnet_ids)


def _named(stack: Stack, network: NetworkSpec) -> dict[str, Any]:
    keywords = _imported(stack, str(network.vpc_id), list(network.subnet_ids))
    if network.security_group_ids:
        keywords["security_groups"] = [
            ec2.SecurityGroup.from_security_group_id(stack, f"SecurityGroup{number}", each, mutable=False)
            for number, each in enumerate(network.security_group_ids, 1)
        ]
    return keywords


def _imported(stack: Stack, vpc_id: str, subnet_ids: list[str]) -> dict[str, Any]:
    vpc = ec2.Vpc.from_vpc_attributes(stack, "Vpc", vpc_id=vpc_id, availability_zones=["any"])
    subnets = [
        ec2.Subnet.from_subnet_id(stack, f"Subnet{number}", each) for number, each in enumerate(subnet_ids, 1)
    ]
    for each in subnets:
        Annotations.of(each).acknowledge_warning("@aws-cdk/aws-ec2:noSubnetRouteTableId", NO_ROUTES)
    return {"vpc": vpc, "vpc_subnets": ec2.SubnetSelection(subnets=subnets)}
