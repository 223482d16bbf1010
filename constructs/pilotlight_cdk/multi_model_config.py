"""Writes the endpoint configuration of an endpoint of many models in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import MultiModelSpec
from pilotlight_cdk.instance_variant import instance_variant


def build_multi_model_config(
    scope: Construct, id: str, *, spec: MultiModelSpec, model_name: str, volume_key_arn: str | None
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    It says nothing about routing: SageMaker sends requests to where their model is loaded.
    """
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[
            instance_variant(
                spec, name=VARIANT_NAME, model_name=model_name, count=spec.initial_instance_count
            )
        ],
        kms_key_id=volume_key_arn,
    )
