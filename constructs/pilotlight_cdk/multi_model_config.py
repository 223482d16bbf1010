"""Writes the endpoint configuration of an endpoint of many models in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import MultiModelSpec


def build_multi_model_config(
    scope: Construct, id: str, *, spec: MultiModelSpec, model_name: str, volume_key_arn: str | None
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    It says nothing about routing: SageMaker sends requests to where their model is loaded.
    """
    start_up = spec.container_startup_health_check_timeout
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[
            CfnEndpointConfig.ProductionVariantProperty(
                variant_name=VARIANT_NAME,
                model_name=model_name,
                instance_type=spec.instance_type,
                initial_instance_count=spec.initial_instance_count,
                initial_variant_weight=1,
                container_startup_health_check_timeout_in_seconds=(
                    None if start_up is None else round(start_up.total_seconds())
                ),
                volume_size_in_gb=spec.volume_size,
            )
        ],
        kms_key_id=volume_key_arn,
    )
