"""The endpoint of inference components: several models share its instances, and all of it can go to zero."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails

from pilotlight.catalog import naming
from pilotlight.catalog.hosting_options import not_here
from pilotlight.catalog.instance_types import memory_mib
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.component_hosting import ComponentHosting
from pilotlight.spec.component_name import ComponentName
from pilotlight.spec.components_together import faults_together
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.inference_ami import refuse_too_old_ami
from pilotlight.spec.inference_component import InferenceComponentSpec
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import all_of, refused


class InferenceComponentEndpointSpec(ComponentHosting, HostedEndpoint):
    """Instances that the copies of several models share; a request names its component."""

    NOT_HERE = not_here("inference-components")

    kind: Literal["inference-components"] = "inference-components"
    """Models share the instances, each with as many copies as it needs."""

    components: Annotated[
        dict[ComponentName, InferenceComponentSpec],
        Field(json_schema_extra={"additionalProperties": False, "minProperties": 1}),
    ]
    """The components by name; a name ends that of the component, `<endpoint>-<name>`."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances that all components share."""
        count, scaling = self.initial_instance_count, self.scaling
        lowest = count if scaling is None else scaling.min_instance_count
        highest = count if scaling is None else scaling.max_instance_count
        return (Capacity(self.instance_type, count, lowest, highest),)

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """The model of each component."""
        return tuple(
            Hosted(("components", name, "model"), each.model, self.instance_type)
            for name, each in self.components.items()
        )

    @property
    def network_isolation(self) -> bool:
        """Whether the containers have no network: SageMaker knows one answer for all of them."""
        return all(each.model.network_isolation for each in self.components.values())

    @property
    def in_effect(self) -> Self:
        """The same endpoint without what its components make meaningless."""
        components = {name: each.in_effect for name, each in self.components.items()}
        alarms = self.alarms.in_effect
        if all(each.sleeps for each in components.values()):
            alarms = alarms.model_copy(update={"no_capacity_failures": None})
        changed = {"components": components, "alarms": alarms, "schedulable_memory": self._memory_in_effect}
        return self.model_copy(update=changed)

    @property
    def _memory_in_effect(self) -> int | None:
        """Nothing where the components have room in what is assumed, else all that there is."""
        said = {"scaling": self.scaling, "initial_instance_count": self.initial_instance_count}
        room = {"instance_type": self.instance_type, "schedulable_memory": None}
        fits = not any(faults_together(self.components, said | room))
        return None if fits else memory_mib(self.instance_type)

    @property
    def suffixes(self) -> tuple[tuple[Path, str], ...]:
        """What the names of components and adapters add to that of the endpoint."""
        return tuple(
            (("components", name, *path), naming.component_name(name, adapter) if adapter else name)
            for name, each in self.components.items()
            for path, adapter in (((), ""), *((("adapters", one), one) for one in each.adapters))
        )

    @field_validator("components")
    @classmethod
    def _have_their_driver(
        cls, value: dict[str, InferenceComponentSpec], info: ValidationInfo
    ) -> dict[str, InferenceComponentSpec]:
        if info.data.keys() >= {"inference_ami_version", "instance_type"}:
            version, instance_type = info.data["inference_ami_version"], info.data["instance_type"]
            for each in value.values():
                refuse_too_old_ami(version, each.model, instance_type, at=("..", "inference_ami_version"))
        return value

    @field_validator("components")
    @classmethod
    def _find_room(
        cls, value: dict[str, InferenceComponentSpec], info: ValidationInfo
    ) -> dict[str, InferenceComponentSpec]:
        if not value:
            raise refused("has no component", got="nothing", allowed="one or more")
        faults = [
            InitErrorDetails(type=fault, loc=path, input=value)
            for path, fault in faults_together(value, info.data)
        ]
        if faults:
            raise all_of(cls.__name__, faults)
        return value
