"""Writes the endpoint configuration of a real-time endpoint in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import SHADOW_VARIANT_NAME
from pilotlight.spec import RealtimeSpec
from pilotlight_cdk.captured_data import CapturedData
from pilotlight_cdk.core_dumps import CoreDumps
from pilotlight_cdk.instance_variant import instance_variant
from pilotlight_cdk.metrics_property import metrics_property
from pilotlight_cdk.placed_variant import PlacedVariant
from pilotlight_cdk.routing_config import routing_config


def build_realtime_config(
    scope: Construct,
    id: str,
    *,
    spec: RealtimeSpec,
    variants: Mapping[str, PlacedVariant],
    captured: CapturedData | None,
    core_dumps: CoreDumps | None,
    volume_key_arn: str | None,
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide.

    Args:
        scope: the endpoint.
        id: construct id.
        spec: the keywords as data.
        variants: by name.
        captured: where captured data go; None captures nothing.
        core_dumps: where the memory of crashed containers goes; None keeps nothing.
        volume_key_arn: encrypts the storage volumes; None where the hardware does.
    """
    properties = {name: _variant(spec, name, each, core_dumps) for name, each in variants.items()}
    shadow = properties.pop(SHADOW_VARIANT_NAME, None)
    capture = spec.data_capture
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[*properties.values()],
        shadow_production_variants=None if shadow is None else [shadow],
        data_capture_config=None if capture is None or captured is None else captured.config(capture),
        metrics_config=metrics_property(spec.metrics_config),
        kms_key_id=volume_key_arn,
    )


def _variant(
    spec: RealtimeSpec, name: str, variant: PlacedVariant, core_dumps: CoreDumps | None
) -> CfnEndpointConfig.ProductionVariantProperty:
    return instance_variant(
        variant.spec,
        name=name,
        model_name=variant.model.model_name,
        count=variant.spec.initial_instance_count,
        weight=getattr(variant.spec, "weight", 1),
        pool_models=variant.pool_models,
        core_dumps=core_dumps,
        routing_config=routing_config(spec),
    )
