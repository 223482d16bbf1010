"""Several containers and the instance type that all of them run on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationInfo, field_validator

from pilotlight.spec.base import Spec
from pilotlight.spec.container import ContainerSpec, StepSpec
from pilotlight.spec.container_faults import Models, container_faults
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refuse_all


class PlacedContainers(Spec):
    """Containers that share instances of one type; the images of all are built for them."""

    containers: Any
    """What runs on the instances, side by side."""

    instance_type: InstanceTypeName
    """What they run on, as ml.m5.xlarge: each instance runs all of them."""

    @property
    def models(self) -> Models:
        """The model of each container, by its path below `containers`."""
        return models_of(self.containers)

    @property
    def named(self) -> Mapping[str, ModelSpec]:
        """The model of each container, by its name."""
        if isinstance(self.containers, Mapping):
            return {name: each.model for name, each in self.containers.items()}
        return {each.name: each.model for each in self.containers}

    @field_validator("containers")
    @classmethod
    def _fit_together(cls, value: Any) -> Any:
        refuse_all(cls.__name__, value, container_faults(models_of(value)))
        return value

    @field_validator("instance_type")
    @classmethod
    def _fits_the_images(cls, value: str, info: ValidationInfo) -> str:
        for model in models_of(info.data.get("containers", {})).values():
            refuse_unfit(value, model)
        return value


def models_of(containers: Mapping[str, ContainerSpec] | Iterable[StepSpec]) -> Models:
    """Give the model of each container, by its path below `containers`."""
    if isinstance(containers, Mapping):
        return {(name, "model"): each.model for name, each in containers.items()}
    return {(number, "model"): each.model for number, each in enumerate(containers)}
