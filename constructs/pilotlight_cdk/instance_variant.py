"""Writes a production variant on instances in CloudFormation's words."""

from __future__ import annotations

from typing import Any

from aws_cdk.aws_sagemaker import CfnEndpointConfig

from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight.spec.on_instances import OnInstances
from pilotlight_cdk.in_seconds import in_seconds


def instance_variant(
    hosted: OnInstances | ContainersOnInstances,
    *,
    name: str,
    model_name: str,
    count: int,
    weight: float = 1,
    **more: Any,
) -> CfnEndpointConfig.ProductionVariantProperty:
    """Give the property of a variant.

    Args:
        hosted: what is said about its instances.
        name: of the variant.
        model_name: as CloudFormation named the model.
        count: instances at creation.
        weight: its share of the requests. Default: 1, as that of an only variant.
        more: what its kind adds.
    """
    return CfnEndpointConfig.ProductionVariantProperty(
        variant_name=name,
        model_name=model_name,
        instance_type=hosted.instance_type,
        initial_instance_count=count,
        initial_variant_weight=weight,
        model_data_download_timeout_in_seconds=in_seconds(
            getattr(hosted, "model_data_download_timeout", None)
        ),
        container_startup_health_check_timeout_in_seconds=in_seconds(
            hosted.container_startup_health_check_timeout
        ),
        volume_size_in_gb=hosted.volume_size,
        **more,
    )
