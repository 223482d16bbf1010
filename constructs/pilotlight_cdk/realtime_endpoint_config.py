"""Writes the endpoint configuration of a real-time endpoint in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import RealtimeSpec, VariantSpec
from pilotlight_cdk.captured_data import CapturedData
from pilotlight_cdk.instance_variant import instance_variant
from pilotlight_cdk.routing_config import routing_config


def build_realtime_config(
    scope: Construct,
    id: str,
    *,
    spec: RealtimeSpec,
    model_names: Mapping[str, str],
    captured: CapturedData | None,
    volume_key_arn: str | None,
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    Args:
        scope: the endpoint.
        id: construct id.
        spec: the keywords as data.
        model_names: the name of each variant's model.
        captured: where captured data go; None captures nothing.
        volume_key_arn: encrypts the storage volumes; None where the hardware does.
    """
    variants: dict[str, RealtimeSpec | VariantSpec] = {VARIANT_NAME: spec, **spec.variants}
    capture = spec.data_capture
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[
            _variant(spec, name, each, model_names[name]) for name, each in variants.items()
        ],
        data_capture_config=None if capture is None or captured is None else captured.config(capture),
        kms_key_id=volume_key_arn,
    )


def _variant(
    spec: RealtimeSpec, name: str, variant: RealtimeSpec | VariantSpec, model_name: str
) -> CfnEndpointConfig.ProductionVariantProperty:
    return instance_variant(
        variant,
        name=name,
        model_name=model_name,
        count=variant.initial_instance_count,
        weight=variant.weight,
        routing_config=routing_config(spec),
    )
