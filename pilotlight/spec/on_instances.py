"""What every production variant with a model on instances says."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from pilotlight.spec.container_start import ContainerStart
from pilotlight.spec.inference_ami import refuse_too_old_ami
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.placed_model import PlacedModel


class OnInstances(ContainerStart, InstanceOptions, PlacedModel):
    """A model that starts with its instances."""

    @field_validator("inference_ami_version")
    @classmethod
    def _is_new_enough(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.keys() >= {"model", "instance_type"}:
            refuse_too_old_ami(value, info.data["model"], info.data["instance_type"])
        return value
