"""What the components of an endpoint must be like to share its instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic_core import PydanticCustomError

from pilotlight.spec.inference_component import InferenceComponentSpec
from pilotlight.spec.instance_type import refuse_unfit
from pilotlight.spec.managed_instance_scaling import ManagedInstanceScaling
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused
from pilotlight.spec.room_for_components import Room

Components = Mapping[str, InferenceComponentSpec]
Fault = tuple[Path, PydanticCustomError]

ONE_ISOLATION: Final = "SageMaker isolates all containers of an endpoint, or none (botocore 1.44.5)"


def faults_together(components: Components, endpoint: Mapping[str, Any]) -> Iterator[Fault]:
    """Give all that is wrong with components on an endpoint, each with the path to it below them.

    `endpoint` holds those of its values that are right so far.
    """
    yield from _twins(components)
    yield from _mixed_isolation(components)
    if "scaling" in endpoint:
        yield from _awake(components, endpoint["scaling"])
    if "instance_type" in endpoint:
        yield from _unfit_images(components, endpoint["instance_type"])
    if endpoint.keys() >= {"instance_type", "schedulable_memory"}:
        room = Room.on(endpoint["instance_type"], endpoint["schedulable_memory"])
        misfits = [
            ((name, key), fault) for name, each in components.items() for key, fault in room.misfits(each)
        ]
        yield from misfits
        if not misfits and endpoint.keys() >= {"scaling", "initial_instance_count"}:
            instances = _most_instances(endpoint["scaling"], endpoint["initial_instance_count"])
            yield from (((), fault) for fault in room.shortages(components.values(), instances))


def _most_instances(scaling: ManagedInstanceScaling | None, initial: int) -> int:
    return initial if scaling is None else scaling.max_instance_count


def _twins(components: Components) -> Iterator[Fault]:
    """Both would be called `<endpoint>-<component>-<adapter>`."""
    for name, component in components.items():
        for adapter in component.adapters:
            if (twin := f"{name}-{adapter}") in components:
                what, allowed = "a component has the same name", "another name"
                yield (name, "adapters", adapter), refused(what, got=twin, allowed=allowed)


def _mixed_isolation(components: Components) -> Iterator[Fault]:
    isolations = {name: each.model.network_isolation for name, each in components.items()}
    first = next(iter(isolations.values()), True)
    for name, isolated in isolations.items():
        if isolated != first:
            what, got = "not as the components above it", str(isolated).lower()
            allowed = f"{str(first).lower()} for all"
            fault = refused(what, got=got, allowed=allowed, hint=ONE_ISOLATION)
            yield (name, "model", "network_isolation"), fault


def _awake(components: Components, scaling: ManagedInstanceScaling | None) -> Iterator[Fault]:
    if scaling is None or scaling.min_instance_count:
        return
    for name, component in components.items():
        if not component.sleeps:
            what = "would keep the instances, and min_instance_count is 0"
            lowest = component.copies if component.scaling is None else component.scaling.lowest
            got = f"{lowest} copies or more"
            allowed = "a scaling with min_capacity 0, or a min_instance_count of 1"
            yield (name, "scaling"), refused(what, got=got, allowed=allowed)


def _unfit_images(components: Components, instance_type: str) -> Iterator[Fault]:
    for name, component in components.items():
        try:
            refuse_unfit(instance_type, component.model)
        except PydanticCustomError as unfit:
            yield (name, "model", "framework"), unfit
