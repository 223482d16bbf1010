"""The network of a fleet: created with it, or named by its file; isolated containers are in none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog import network as catalog
from pilotlight.spec import FleetSpec

OPEN = {"framework": "djl-lmi", "version": "0.36.0", "network_isolation": False}
AMI = "al2023-ami-sagemaker-inference-gpu-4-1"
ISOLATED = {"framework": "scikit-learn", "version": "1.4-2", "source": "s3://models/ranker/"}
NAMED = {
    "vpc_id": "vpc-0a1b2c3d",
    "subnet_ids": ("subnet-0a1b2c3d", "subnet-1a1b2c3d"),
    "security_group_ids": ("sg-0a1b2c3d",),
}


class Networked:
    """A synthesized fleet with one open and one isolated model."""

    def __init__(self, app: Any, network: dict[str, Any]) -> None:
        from stacks.fleet import add_stacks  # noqa: PLC0415 - starts Node, which other tests do not need

        endpoints = {
            "open": {
                "kind": "realtime",
                "model": OPEN,
                "instance_type": "ml.g5.xlarge",
                "inference_ami_version": AMI,
            },
            "isolated": {"kind": "realtime", "model": ISOLATED, "instance_type": "ml.m5.large"},
        }
        fleet = FleetSpec.model_validate({"name": "shop", "network": network, "endpoints": endpoints})
        add_stacks(app, fleet, source_root=Path())
        self.app = app
        self.templates = {each.stack_name: each.template for each in app.synth().stacks_recursively}

    def vpc_config(self, key: str) -> Any:
        """Where the model of an endpoint lives."""
        resources = self.templates[f"Pilotlight-shop-{key}"]["Resources"].values()
        (model,) = [each["Properties"] for each in resources if each["Type"] == "AWS::SageMaker::Model"]
        return model.get("VpcConfig")


@pytest.fixture(scope="module")
def created(new_app: Any) -> Networked:
    """A fleet with a network of its own."""
    return Networked(new_app(), {"create": True})


@pytest.fixture(scope="module")
def named(new_app: Any) -> Networked:
    """A fleet in a network that exists already."""
    return Networked(new_app(), NAMED)


def test_a_named_network_is_used_as_it_is(named: Networked) -> None:
    """Nothing of it is created."""
    assert {"SecurityGroupIds": ["sg-0a1b2c3d"], "Subnets": [*NAMED["subnet_ids"]]} == named.vpc_config(
        "open"
    )
    assert "Pilotlight-shop-network" not in named.templates


def test_an_isolated_container_is_in_no_network(created: Networked, named: Networked) -> None:
    """It has none at all."""
    assert (None, None) == (created.vpc_config("isolated"), named.vpc_config("isolated"))


def test_a_created_network_is_looked_up_by_its_outputs(created: Networked) -> None:
    """So neither stack holds the other."""
    subnets = [each["Fn::GetStackOutput"] for each in created.vpc_config("open")["Subnets"]]

    assert [
        {"StackName": "Pilotlight-shop-network", "OutputName": name} for name in catalog.SUBNET_IDS
    ] == subnets
    outputs = created.templates["Pilotlight-shop-network"]["Outputs"]
    assert {catalog.VPC_ID, *catalog.SUBNET_IDS} == {*outputs}


def test_a_created_network_has_no_way_out_but_to_services_of_aws(created: Networked) -> None:
    """No gateway to the internet; S3 by a gateway, the others by interfaces."""
    resources = created.templates["Pilotlight-shop-network"]["Resources"].values()
    kinds = [each["Type"] for each in resources]
    endpoints = [each["Properties"]["VpcEndpointType"] for each in resources if "VPCEndpoint" in each["Type"]]

    assert {"AWS::EC2::InternetGateway", "AWS::EC2::NatGateway"}.isdisjoint(kinds)
    assert (1, len(catalog.INTERFACES)) == (endpoints.count("Gateway"), endpoints.count("Interface"))


def test_the_endpoints_are_those_of_services_that_containers_call(created: Networked) -> None:
    """By the names of `aws_ec2.InterfaceVpcEndpointAwsService`; only the network itself reaches them."""
    resources = created.templates["Pilotlight-shop-network"]["Resources"].values()
    interfaces = [each["Properties"] for each in resources if "PrivateDnsEnabled" in each["Properties"]]
    groups = [each["Properties"] for each in resources if each["Type"] == "AWS::EC2::SecurityGroup"]
    names = ("ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sagemaker.runtime", "sts")

    assert [f"com.amazonaws.us-east-1.{name}" for name in names] == sorted(
        each["ServiceName"] for each in interfaces
    )
    assert {True} == {each["PrivateDnsEnabled"] for each in interfaces}
    assert {("10.0.0.0/16", 443)} == {
        (rule["CidrIp"], rule["ToPort"]) for each in groups for rule in each["SecurityGroupIngress"]
    }


def test_the_role_may_join_the_network(created: Networked) -> None:
    """Only that of the model that is in it."""
    allowed = {
        key: "ec2:CreateNetworkInterface" in str(created.templates[f"Pilotlight-shop-{key}"])
        for key in ("open", "isolated")
    }

    assert {"open": True, "isolated": False} == allowed


def test_nothing_is_left_to_the_security_checks(created: Networked, named: Networked) -> None:
    """AwsSolutions finds nothing that is not acknowledged."""
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - after Node was found

    assert [[], []] == [
        [found.rule_name for found in AwsSolutionsChecks(each.app).validate_scope(each.app).violations]
        for each in (created, named)
    ]


def test_a_created_network_reaches_secrets_only_when_somebody_reads_them(
    new_app: Any, created: Networked
) -> None:
    """Each interface is billed by the hour."""
    from stacks.fleet import add_stacks  # noqa: PLC0415 - starts Node, which other tests do not need

    model = {
        "ecr": {"repository": "chat", "tag": "3"},
        "network_isolation": False,
        "secrets": {"HF_TOKEN": "prod/hugging-face"},
    }
    endpoints = {"chat": {"kind": "realtime", "model": model, "instance_type": "ml.m5.large"}}
    fleet = {"name": "shop", "network": {"create": True}, "endpoints": endpoints}
    app = new_app()
    add_stacks(app, FleetSpec.model_validate(fleet), source_root=Path())
    (network,) = [each.template for each in app.synth().stacks if each.stack_name.endswith("-network")]

    assert "secretsmanager" in str(network)
    assert "secretsmanager" not in str(created.templates["Pilotlight-shop-network"])
