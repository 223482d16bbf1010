"""Writes a production variant on instances in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from aws_cdk.aws_sagemaker import CfnEndpointConfig

from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.instance_pool import OWN_PRIORITY, InstancePoolSpec
from pilotlight.spec.on_instances import OnInstances
from pilotlight.spec.sized_model import with_size_said
from pilotlight_cdk.core_dumps import CoreDumps
from pilotlight_cdk.in_seconds import in_seconds

ONLY_RESERVED: Final = "capacity-reservations-only"
"""The one preference that AWS knows (botocore 1.44.5, CapacityReservationPreference)."""

NO_MODELS: Final[Mapping[str, str]] = MappingProxyType({})


def instance_variant(
    hosted: OnInstances | ContainersOnInstances,
    *,
    name: str,
    model_name: str,
    count: int,
    weight: float = 1,
    pool_models: Mapping[str, str] = NO_MODELS,
    core_dumps: CoreDumps | None = None,
    **more: Any,
) -> CfnEndpointConfig.ProductionVariantProperty:
    """Give the property of a variant.

    Args:
        hosted: what is said about its instances.
        name: of the variant.
        model_name: as CloudFormation named the model.
        count: instances at creation.
        weight: its share of the requests. Default: 1, as that of an only variant.
        pool_models: the names of the models that pools have of their own, by instance type. Default: none.
        core_dumps: where they go. Default: there are none.
        more: what its kind adds.
    """
    hosted = with_size_said(hosted)
    return CfnEndpointConfig.ProductionVariantProperty(
        variant_name=name,
        model_name=model_name,
        initial_instance_count=count,
        initial_variant_weight=weight,
        model_data_download_timeout_in_seconds=in_seconds(
            getattr(hosted, "model_data_download_timeout", None)
        ),
        container_startup_health_check_timeout_in_seconds=in_seconds(
            hosted.container_startup_health_check_timeout
        ),
        core_dump_config=None if core_dumps is None else core_dumps.config,
        **_types(hosted.instance_type, getattr(hosted, "instance_pools", ()), pool_models),
        **instance_options(hosted),
        **more,
    )


def instance_options(said: InstanceOptions) -> dict[str, Any]:
    """Give the keywords of a variant that say what its instances are like, whatever they host."""
    reservation = said.capacity_reservation_arn
    return {
        "volume_size_in_gb": said.volume_size,
        "inference_ami_version": said.inference_ami_version,
        "variant_instance_provision_timeout_in_seconds": in_seconds(said.variant_instance_provision_timeout),
        "capacity_reservation_config": None
        if reservation is None
        else CfnEndpointConfig.CapacityReservationConfigProperty(
            capacity_reservation_preference=ONLY_RESERVED, ml_reservation_arn=reservation
        ),
    }


def _types(own: str, pools: tuple[InstancePoolSpec, ...], models: Mapping[str, str]) -> dict[str, Any]:
    """Give the one type, or instead of it all pools, of which the variant's own type is the first."""
    if not pools:
        return {"instance_type": own}
    pool = CfnEndpointConfig.InstancePoolProperty
    further = (
        pool(
            instance_type=each.instance_type,
            priority=each.priority,
            model_name_override=models.get(each.instance_type),
        )
        for each in pools
    )
    return {"instance_pools": [pool(instance_type=own, priority=OWN_PRIORITY), *further]}
