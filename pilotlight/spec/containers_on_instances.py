"""What both kinds of endpoint with several containers on each instance say."""

from __future__ import annotations

from typing import Self

from pydantic import ValidationInfo, field_validator

from pilotlight.spec.answers_at_once import AnswersAtOnce
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.container_start import ContainerStart
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.inference_ami import refuse_too_old_ami
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.placed_containers import PlacedContainers, models_of
from pilotlight.spec.scaled_instances import ScaledInstances


class ContainersOnInstances(
    OwnFiles,
    AnswersAtOnce,
    ScaledInstances,
    ContainerStart,
    InstanceOptions,
    PlacedContainers,
    HostedEndpoint,
):
    """Containers that start together on every instance; SageMaker knows them as one model."""

    @field_validator("inference_ami_version")
    @classmethod
    def _is_new_enough(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.keys() >= {"containers", "instance_type"}:
            for model in models_of(info.data["containers"]).values():
                refuse_too_old_ami(value, model, info.data["instance_type"])
        return value

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of its one variant."""
        return (self.capacity(),)

    @property
    def in_effect(self) -> Self:
        """The same endpoint, with what its alarms and its scaling come to."""
        scaling = None if self.scaling is None else self.scaling.in_effect
        return self.model_copy(update={"alarms": self.alarms.in_effect, "scaling": scaling})

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """The model of each container."""
        models = self.models.items()
        return tuple(Hosted(("containers", *path), model, self.instance_type) for path, model in models)
