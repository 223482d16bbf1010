"""What both kinds of endpoint with several containers on each instance say."""

from __future__ import annotations

from typing import Self

from pilotlight.spec.answers_at_once import AnswersAtOnce
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.container_start import ContainerStart
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.placed_containers import PlacedContainers
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
