"""Writes the endpoint configuration of several containers in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight_cdk.captured_data import CapturedData
from pilotlight_cdk.instance_variant import instance_variant
from pilotlight_cdk.routing_config import routing_config


def build_containers_config(
    scope: Construct,
    id: str,
    *,
    spec: ContainersOnInstances,
    model_name: str,
    captured: CapturedData | None,
    volume_key_arn: str | None,
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    Args:
        scope: the endpoint.
        id: construct id.
        spec: the keywords as data.
        model_name: as CloudFormation named the model of all containers.
        captured: where captured data go; None captures nothing.
        volume_key_arn: encrypts the storage volumes; None where the hardware does.
    """
    capture = spec.data_capture
    variant = instance_variant(
        spec,
        name=VARIANT_NAME,
        model_name=model_name,
        count=spec.initial_instance_count,
        routing_config=routing_config(spec),
    )
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[variant],
        data_capture_config=None if capture is None or captured is None else captured.config(capture),
        kms_key_id=volume_key_arn,
    )
