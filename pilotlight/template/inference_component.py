"""Reads one inference component, with its adapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pilotlight.catalog import component_metrics as metrics
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import (
    AdapterSpec,
    AnyComponentDeployment,
    ComponentAlarms,
    InferenceComponentSpec,
)
from pilotlight.template.component_deployment import component_deployment
from pilotlight.template.component_scaling import component_scaling
from pilotlight.template.component_specification import specified
from pilotlight.template.endpoint_alarm import Threshold
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.realtime_alarms import realtime_alarms
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import built

COMPONENT: Final = "AWS::SageMaker::InferenceComponent"
PUBLISHED: Final = {
    "server_error_percent": metrics.COMPONENT_5XX_ERRORS,
    "model_latency": metrics.COMPONENT_MODEL_LATENCY,
    "overhead_latency": metrics.COMPONENT_OVERHEAD_LATENCY,
}


@dataclass(frozen=True, slots=True)
class ReadComponent:
    """A component, and what a fleet says once for all of them."""

    spec: InferenceComponentSpec | None
    alarms: ComponentAlarms | None


def read_component(
    resources: Resources, component: Resource, adapters: Mapping[str, Resource], *, isolated: Any
) -> ReadComponent:
    """Read a component with copies of its own.

    Args:
        resources: all of them.
        component: the resource.
        adapters: by the names that a fleet gives them.
        isolated: whether the containers of its endpoint have no network.
    """
    component.is_read = True
    part = component.part
    part.leave("EndpointName", "InferenceComponentName")
    part.only("VariantName", VARIANT_NAME)
    name = component.attribute("InferenceComponentName")
    names = [each.attribute("InferenceComponentName") for each in adapters.values()]
    scaling = component_scaling(resources, name, names)
    sleeps = scaling is not None and scaling.lowest == 0
    alarms, found = _alarms(resources, name, component, sleeps=sleeps)
    specification = part.part("Specification")
    if specification is None:
        part.note("Specification", "a fleet says one for all instance types")
        return ReadComponent(None, alarms)
    runtime = part.part("RuntimeConfig")
    spec = built(
        InferenceComponentSpec,
        resources.notes,
        component.place,
        **specified(resources, component, specification, isolated=isolated),
        copies=None if runtime is None else runtime.whole("CopyCount"),
        scaling=scaling,
        deployment=_deployment(resources, component, found.get("server_error_percent")),
        adapters=_adapters(resources, adapters),
    )
    return ReadComponent(spec, alarms)


def _alarms(
    resources: Resources, name: Value, component: Resource, *, sleeps: bool
) -> tuple[ComponentAlarms | None, dict[str, Resource]]:
    no_capacity = Threshold("no_capacity_failures", metrics.NO_CAPACITY_INVOCATION_FAILURES, int)
    return realtime_alarms(
        resources,
        ComponentAlarms,
        {"InferenceComponentName": name},
        component.place,
        () if sleeps else (no_capacity,),
        published=PUBLISHED,
    )


def _deployment(
    resources: Resources, component: Resource, own_alarm: Resource | None
) -> AnyComponentDeployment | None:
    config = component.part.part("DeploymentConfig")
    return None if config is None else component_deployment(resources, config, own_alarm)


def _adapters(resources: Resources, adapters: Mapping[str, Resource]) -> dict[str, AdapterSpec]:
    read = {key: _adapter(resources, each) for key, each in adapters.items()}
    return {key: each for key, each in read.items() if each is not None}


def _adapter(resources: Resources, adapter: Resource) -> AdapterSpec | None:
    adapter.is_read = True
    adapter.part.leave("EndpointName", "InferenceComponentName", "VariantName")
    specification = adapter.part.part("Specification")
    container = None if specification is None else specification.part("Container")
    if specification is None or container is None:
        adapter.part.note("Specification", "an adapter without files")
        return None
    specification.leave("BaseInferenceComponentName")
    return built(AdapterSpec, resources.notes, adapter.place, source=container.symbolic("ArtifactUrl"))
