"""What a model is to the rest of a stack: a role, a place in a network, a name."""

from __future__ import annotations

from typing import cast

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import IConstruct

from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.hosting_role import HostingRole
from pilotlight_cdk.model_network import ModelNetwork


class RunsAsRole:
    """Lets a model be granted and connected; a subclass lists it before `Construct`."""

    hosting_role: HostingRole
    cfn_model: sagemaker.CfnModel
    _network: ModelNetwork | None

    @property
    def connections(self) -> ec2.Connections:
        """Who may connect to its containers, and to whom they may. Raises FleetRefused without a VPC."""
        if self._network is None:
            here, name = cast("IConstruct", self), type(self).__name__
            where, hint = f"{here.node.path}.connections", f"pass vpc= to {name}"
            raise FleetRefused((Refusal("", None, where, "a model without a VPC has none", hint=hint),))
        return self._network.connections

    @property
    def role(self) -> iam.IRole:
        """What its containers run with."""
        return self.hosting_role.role

    @property
    def grant_principal(self) -> iam.IPrincipal:
        """The role that its containers run with."""
        return self.role

    @property
    def model_name(self) -> str:
        """The name CloudFormation gave the model; it changes with every change of the model."""
        return self.cfn_model.attr_model_name
