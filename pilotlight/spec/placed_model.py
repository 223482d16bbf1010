"""A model and the instance type that it runs on."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from pilotlight.spec.base import Spec
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.model import ModelSpec


class PlacedModel(Spec):
    """A model with instances of one type; its image is built for them."""

    model: ModelSpec
    """What runs on the instances."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.m5.large."""

    @field_validator("instance_type")
    @classmethod
    def _fits_the_image(cls, value: str, info: ValidationInfo) -> str:
        if (model := info.data.get("model")) is not None:
            refuse_unfit(value, model)
        return value
