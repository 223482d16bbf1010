"""Reads what every production variant on instances says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pilotlight.spec.base import Spec
from pilotlight.template.instance_pools import own_type
from pilotlight.template.part import Part
from pilotlight.template.said import Said

Getter = Callable[[Part, str], Said[Any] | None]


def _reservation(variant: Part, key: str) -> Said[str] | None:
    config = variant.part(key)
    if config is None:
        return None
    config.only("CapacityReservationPreference", None, "capacity-reservations-only")
    return config.text("MlReservationArn")


PROPERTIES: Final[Mapping[str, tuple[str, Getter]]] = {
    "instance_type": ("InstanceType", own_type),
    "initial_instance_count": ("InitialInstanceCount", Part.whole),
    "model_data_download_timeout": ("ModelDataDownloadTimeoutInSeconds", Part.seconds),
    "container_startup_health_check_timeout": ("ContainerStartupHealthCheckTimeoutInSeconds", Part.seconds),
    "volume_size": ("VolumeSizeInGB", Part.whole),
    "inference_ami_version": ("InferenceAmiVersion", Part.text),
    "capacity_reservation_arn": ("CapacityReservationConfig", _reservation),
    "variant_instance_provision_timeout": ("VariantInstanceProvisionTimeoutInSeconds", Part.seconds),
}
"""Field of a spec → the property of a ProductionVariant, and what it holds; add one here, and all read it."""


def on_instances(spec: type[Spec], variant: Part) -> dict[str, Said[Any] | None]:
    """Read those properties of a variant that a spec has a field for; the rest stays unread."""
    return {
        name: getter(variant, key) for name, (key, getter) in PROPERTIES.items() if name in spec.model_fields
    }


def same_as(own: Part, further: Part, spec: type[Spec]) -> None:
    """Note what a further variant says otherwise than the endpoint's own, where a fleet says it once.

    Args:
        own: the endpoint's own variant.
        further: another one.
        spec: of a further variant: what it has fields for, it may say itself.
    """
    for name, (key, _) in PROPERTIES.items():
        if name not in spec.model_fields:
            further.only(key, own.look(key))
