"""Reads endpoints of inference components."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pilotlight.catalog.instance_types import memory_mib
from pilotlight.spec import (
    ComponentAlarms,
    InferenceComponentEndpointSpec,
    InferenceComponentSpec,
    ManagedInstanceScaling,
)
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.hosted_endpoint import ENDPOINT, HostedEndpoint, looked_at
from pilotlight.template.inference_component import COMPONENT, ReadComponent, read_component
from pilotlight.template.names import as_name
from pilotlight.template.on_instances import on_instances
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.retained import refuse_other_retention
from pilotlight.template.routing import routing
from pilotlight.template.said import Said, built

Components = Mapping[str, tuple[Resource, Mapping[str, Resource]]]
"""Key → the component and its adapters, each by its key."""


def fits(resources: Resources, endpoint: Resource) -> bool:
    """Whether its variants have no model, and components are there that have."""
    config, models = looked_at(resources, endpoint)
    variants = config.get("ProductionVariants")
    listed = [each for each in variants if isinstance(each, dict)] if isinstance(variants, list) else []
    without_model = bool(listed) and not any("ModelName" in each for each in listed)
    return without_model and not any(models) and bool(_components(resources, endpoint))


def read(hosted: HostedEndpoint) -> InferenceComponentEndpointSpec | None:
    """Read an endpoint with all its components."""
    resources, variant = hosted.resources, hosted.variants[0]
    variant.part.leave("InitialVariantWeight")
    fields: dict[str, Any] = on_instances(InferenceComponentEndpointSpec, variant.part)
    scaling = _managed(resources, variant.part)
    refuse_other_retention(hosted.endpoint, scaled=scaling is not None)
    isolated = hosted.config.part.flag("EnableNetworkIsolation")
    read_ones = {
        key: read_component(resources, one, adapters, isolated=False if isolated is None else isolated.value)
        for key, (one, adapters) in _keyed(resources, hosted).items()
    }
    return built(
        InferenceComponentEndpointSpec,
        resources.notes,
        hosted.endpoint.place,
        **fields,
        **routing(variant.part),
        scaling=scaling,
        schedulable_memory=_all_of_it(fields["instance_type"]),
        components=_specs(read_ones),
        alarms=_alarms(hosted, read_ones),
    )


def _all_of_it(instance_type: Said[Any] | None) -> int | None:
    """What is deployed has room, whatever we assume of it."""
    return None if instance_type is None else memory_mib(instance_type.value)


def _specs(read_ones: Mapping[str, ReadComponent]) -> dict[str, InferenceComponentSpec]:
    return {key: each.spec for key, each in read_ones.items() if each.spec is not None}


def _alarms(hosted: HostedEndpoint, read_ones: Mapping[str, ReadComponent]) -> ComponentAlarms | None:
    """Give the alarms of all components; that of those that never sleep is said of all."""
    first: ComponentAlarms | None = None
    awake = [each for each in read_ones.values() if each.spec is not None and not each.spec.sleeps]
    for each in (*awake, *read_ones.values()):
        if each.alarms is None:
            continue
        known = each.alarms
        if first is not None and each not in awake:
            known = known.model_copy(update={"no_capacity_failures": first.no_capacity_failures})
        first = known if first is None else first
        if known != first:
            hosted.resources.notes.note(hosted.endpoint.place, "its components have different alarms")
    return first


def _components(resources: Resources, endpoint: Resource) -> list[Resource]:
    return [
        each
        for each in resources.of_type(COMPONENT)
        if resources.find(each.part.look("EndpointName"), ENDPOINT, "EndpointName") is endpoint
    ]


def _keyed(resources: Resources, hosted: HostedEndpoint) -> Components:
    """Find the components, and the adapters of each, by the ends of their names."""
    found = _components(resources, hosted.endpoint)
    bases = {each.logical_id: each for each in found if _base_of(each) is None}
    keyed: dict[str, tuple[Resource, Mapping[str, Resource]]] = {}
    for base in bases.values():
        name = base.attribute("InferenceComponentName")
        own = [each for each in found if _is_adapter_of(resources, each, base)]
        adapters = {_key(each.attribute("InferenceComponentName"), name): each for each in own}
        keyed[_key(name, hosted.name)] = (base, adapters)
    return keyed


def _base_of(component: Resource) -> Value:
    specification = component.part.look("Specification")
    return specification.get("BaseInferenceComponentName") if isinstance(specification, dict) else None


def _is_adapter_of(resources: Resources, component: Resource, base: Resource) -> bool:
    said = _base_of(component)
    return said is not None and resources.find(said, COMPONENT, "InferenceComponentName") is base


def _key(name: Value, owner: Value) -> str:
    written = str(name).removeprefix(f"{owner}-")
    return as_name(written)


def _managed(resources: Resources, variant: Part) -> ManagedInstanceScaling | None:
    managed = variant.part("ManagedInstanceScaling")
    if managed is None:
        return None
    if managed.raw("Status") == "DISABLED":
        managed.leave("MinInstanceCount", "MaxInstanceCount", "ScaleInPolicy")
        return None
    policy = managed.part("ScaleInPolicy")
    cooldown = None if policy is None else policy.whole("CooldownInMinutes")
    return built(
        ManagedInstanceScaling,
        resources.notes,
        managed.place,
        min_instance_count=managed.whole("MinInstanceCount"),
        max_instance_count=managed.whole("MaxInstanceCount"),
        scale_in_strategy=None if policy is None else policy.text("Strategy"),
        scale_in_cooldown=None if cooldown is None else cooldown.then(lambda value: timedelta(minutes=value)),
        maximum_step_size=None if policy is None else policy.whole("MaximumStepSize"),
    )
