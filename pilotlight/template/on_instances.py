"""Reads what every production variant on instances says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pilotlight.spec.base import Spec
from pilotlight.template.part import Part
from pilotlight.template.said import Said

Getter = Callable[[Part, str], Said[Any] | None]

PROPERTIES: Final[Mapping[str, tuple[str, Getter]]] = {
    "instance_type": ("InstanceType", Part.text),
    "initial_instance_count": ("InitialInstanceCount", Part.whole),
    "model_data_download_timeout": ("ModelDataDownloadTimeoutInSeconds", Part.seconds),
    "container_startup_health_check_timeout": ("ContainerStartupHealthCheckTimeoutInSeconds", Part.seconds),
    "volume_size": ("VolumeSizeInGB", Part.whole),
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
