"""Writes the endpoint configuration of a serverless endpoint in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import ServerlessSpec


def build_serverless_config(
    scope: Construct, id: str, *, spec: ServerlessSpec, model_name: str
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    It names no key either: there is no volume to encrypt.
    """
    variant = CfnEndpointConfig.ProductionVariantProperty(
        variant_name=VARIANT_NAME,
        model_name=model_name,
        initial_variant_weight=1,
        serverless_config=CfnEndpointConfig.ServerlessConfigProperty(
            memory_size_in_mb=spec.memory_size,
            max_concurrency=spec.max_concurrency,
            provisioned_concurrency=spec.provisioned_concurrency,
        ),
    )
    return CfnEndpointConfig(scope, id, production_variants=[variant])
