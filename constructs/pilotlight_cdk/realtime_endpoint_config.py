"""Writes the endpoint configuration of a real-time endpoint in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import RealtimeSpec, VariantSpec
from pilotlight_cdk.captured_data import CapturedData


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
    return CfnEndpointConfig.ProductionVariantProperty(
        variant_name=name,
        model_name=model_name,
        instance_type=variant.instance_type,
        initial_instance_count=variant.initial_instance_count,
        initial_variant_weight=variant.weight,
        routing_config=_routing(spec),
        model_data_download_timeout_in_seconds=_seconds(spec.model_data_download_timeout),
        container_startup_health_check_timeout_in_seconds=_seconds(
            spec.container_startup_health_check_timeout
        ),
        volume_size_in_gb=spec.volume_size,
    )


def _routing(spec: RealtimeSpec) -> CfnEndpointConfig.RoutingConfigProperty:
    prefix = None
    if spec.prefix_length is not None and spec.concurrency_threshold is not None:
        prefix = CfnEndpointConfig.PrefixAwareRoutingConfigProperty(
            prefix_length=spec.prefix_length, concurrency_threshold=spec.concurrency_threshold
        )
    return CfnEndpointConfig.RoutingConfigProperty(
        routing_strategy=spec.routing_strategy, prefix_aware_routing_config=prefix
    )


def _seconds(duration: timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds())
