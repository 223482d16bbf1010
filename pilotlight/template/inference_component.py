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
    ModelSpec,
)
from pilotlight.template.component_deployment import component_deployment
from pilotlight.template.component_scaling import component_scaling
from pilotlight.template.endpoint_alarm import Threshold
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.hosted_endpoint import MODEL
from pilotlight.template.model_container import environment_of, model_of
from pilotlight.template.model_image import image_of
from pilotlight.template.part import Part
from pilotlight.template.realtime_alarms import realtime_alarms
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

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
        **_what_runs(resources, component, specification, isolated),
        **_needs(specification),
        **_placement(specification),
        **_start_up(specification),
        copies=None if runtime is None else runtime.whole("CopyCount"),
        data_cache=_data_cache(specification),
        scaling=scaling,
        deployment=_deployment(resources, component, found.get("server_error_percent")),
        adapters={
            key: each for key, one in adapters.items() if (each := _adapter(resources, one)) is not None
        },
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


def _what_runs(
    resources: Resources, component: Resource, specification: Part, isolated: Any
) -> dict[str, Any]:
    container = specification.part("Container")
    if container is None:
        model = resources.find(specification.raw("ModelName"), MODEL, "ModelName")
        if model is None:
            specification.note("ModelName", "no template at hand has this model")
        return {"model": model_of(resources, model)}
    said: ModelSpec | None = built(
        ModelSpec,
        resources.notes,
        container.place,
        **image_of(container, component.stack.region),
        source=container.symbolic("ArtifactUrl"),
        environment=environment_of(container),
        network_isolation=isolated,
    )
    return {"model": said, "deployed_as": "container"}


def _needs(specification: Part) -> dict[str, Said[Any] | None]:
    needs = specification.part("ComputeResourceRequirements")
    if needs is None:
        return {}
    return {
        "memory": needs.whole("MinMemoryRequiredInMb"),
        "max_memory": needs.whole("MaxMemoryRequiredInMb"),
        "accelerators": needs.whole("NumberOfAcceleratorDevicesRequired"),
        "cores": needs.number("NumberOfCpuCoresRequired"),
    }


def _placement(specification: Part) -> dict[str, Said[Any] | None]:
    scheduling = specification.part("SchedulingConfig")
    if scheduling is None:
        return {}
    balance = scheduling.part("AvailabilityZoneBalance")
    if balance is not None:
        balance.only("EnforcementMode", "PERMISSIVE")
    return {
        "placement_strategy": scheduling.text("PlacementStrategy"),
        "max_imbalance": None if balance is None else balance.whole("MaxImbalance"),
    }


def _start_up(specification: Part) -> dict[str, Said[Any] | None]:
    limits = specification.part("StartupParameters")
    if limits is None:
        return {}
    return {
        "model_data_download_timeout": limits.seconds("ModelDataDownloadTimeoutInSeconds"),
        "container_startup_health_check_timeout": limits.seconds(
            "ContainerStartupHealthCheckTimeoutInSeconds"
        ),
    }


def _data_cache(specification: Part) -> Said[bool] | None:
    cache = specification.part("DataCacheConfig")
    return None if cache is None else cache.flag("EnableCaching")


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
