"""Writes the endpoint configuration of inference components in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import ManagedInstanceScaling
from pilotlight.spec.component_hosting import ComponentHosting
from pilotlight_cdk.in_seconds import in_seconds
from pilotlight_cdk.instance_variant import instance_options
from pilotlight_cdk.model_network import ModelNetwork
from pilotlight_cdk.routing_config import routing_config


def build_component_endpoint_config(
    scope: Construct,
    id: str,
    *,
    spec: ComponentHosting,
    role_arn: str,
    network_isolation: bool,
    network: ModelNetwork | None,
    volume_key_arn: str | None,
) -> CfnEndpointConfig:
    """Create the configuration. Its variant names no model, so role and network are said here.

    Args:
        scope: the endpoint.
        id: construct id.
        spec: what is said of the instances.
        role_arn: SageMaker demands it here once there are components.
        network_isolation: of all containers.
        network: where the containers live; None for SageMaker's own network.
        volume_key_arn: encrypts the storage volumes; None where the hardware does.
    """
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[
            CfnEndpointConfig.ProductionVariantProperty(
                variant_name=VARIANT_NAME,
                instance_type=spec.instance_type,
                initial_instance_count=spec.initial_instance_count,
                managed_instance_scaling=None if spec.scaling is None else _managed(spec.scaling),
                routing_config=routing_config(spec),
                **instance_options(spec),
            )
        ],
        execution_role_arn=role_arn,
        enable_network_isolation=network_isolation,
        vpc_config=None if network is None else network.of_endpoint_config,
        kms_key_id=volume_key_arn,
    )


def _managed(scaling: ManagedInstanceScaling) -> CfnEndpointConfig.ManagedInstanceScalingProperty:
    policy, cooldown = None, in_seconds(scaling.scale_in_cooldown)
    if scaling.scale_in_strategy is not None:
        policy = CfnEndpointConfig.ScaleInPolicyProperty(
            strategy=scaling.scale_in_strategy,
            cooldown_in_minutes=None if cooldown is None else cooldown // 60,
            maximum_step_size=scaling.maximum_step_size,
        )
    return CfnEndpointConfig.ManagedInstanceScalingProperty(
        status="ENABLED",
        min_instance_count=scaling.min_instance_count,
        max_instance_count=scaling.max_instance_count,
        scale_in_policy=policy,
    )
