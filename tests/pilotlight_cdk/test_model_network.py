"""A model in a VPC: subnets, security groups, connections."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight_cdk import FleetRefused


@pytest.fixture
def network(new_stack: Any) -> tuple[Any, Any]:
    """A stack with a VPC."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    return stack, ec2.Vpc(stack, "Vpc", max_azs=2)


def test_it_lives_in_the_private_subnets_with_a_group_of_its_own(network, new_model, resources_of) -> None:
    """Which lets everything out and nothing in."""
    stack, vpc = network
    new_model(stack, vpc=vpc)
    resources = resources_of(stack)
    config = resources.one("SageMaker::Model")["VpcConfig"]

    assert [stack.resolve(each.subnet_id) for each in vpc.private_subnets] == config["Subnets"]
    assert 1 == len(config["SecurityGroupIds"])
    group = resources.one("EC2::SecurityGroup")
    assert (True, False) == ("SecurityGroupEgress" in group, "SecurityGroupIngress" in group)


def test_others_may_be_allowed_to_be_called(network, new_model, resources_of) -> None:
    """A model is connectable, as users of the CDK expect."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack, vpc = network
    cache = ec2.SecurityGroup(stack, "Cache", vpc=vpc)
    model = new_model(stack, vpc=vpc)
    cache.connections.allow_from(model, ec2.Port.tcp(6379))
    rule = resources_of(stack).one("EC2::SecurityGroupIngress")

    assert (6379, "ModelSecurityGroup") == (
        rule["FromPort"],
        rule["SourceSecurityGroupId"]["Fn::GetAtt"][0][:18],
    )


def test_what_is_given_is_used(network, new_model, resources_of) -> None:
    """Subnets and groups of the user, and no other."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack, vpc = network
    group = ec2.SecurityGroup.from_security_group_id(stack, "Given", "sg-0a1b2c3d")
    new_model(
        stack,
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
        security_groups=[group],
    )
    config = resources_of(stack).one("SageMaker::Model")["VpcConfig"]

    assert ["sg-0a1b2c3d"] == config["SecurityGroupIds"]
    assert [stack.resolve(each.subnet_id) for each in vpc.public_subnets] == config["Subnets"]


def test_without_a_vpc_there_are_no_connections(new_stack, new_model) -> None:
    """The refusal says what to do."""
    with pytest.raises(FleetRefused, match="pass vpc= to Model"):
        _ = new_model(new_stack()).connections


def test_fails_with_more_groups_than_sagemaker_takes(network, new_model) -> None:
    """Five at most."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack, vpc = network
    group = ec2.SecurityGroup.from_security_group_id(stack, "Given", "sg-0a1b2c3d")

    with pytest.raises(FleetRefused, match=r"security_groups.*got 6"):
        new_model(stack, vpc=vpc, security_groups=[group] * 6)
