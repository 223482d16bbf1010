"""Writes the endpoint configuration of an endpoint of many models in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import MultiModelSpec
from pilotlight_cdk.core_dumps import CoreDumps
from pilotlight_cdk.instance_variant import instance_variant
from pilotlight_cdk.metrics_property import metrics_property


def build_multi_model_config(
    scope: Construct,
    id: str,
    *,
    spec: MultiModelSpec,
    model_name: str,
    core_dumps: CoreDumps | None,
    volume_key_arn: str | None,
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    It says nothing about routing: SageMaker sends requests to where their model is loaded.
    """
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[
            instance_variant(
                spec,
                name=VARIANT_NAME,
                model_name=model_name,
                count=spec.initial_instance_count,
                core_dumps=core_dumps,
            )
        ],
        metrics_config=metrics_property(spec.metrics_config),
        kms_key_id=volume_key_arn,
    )
