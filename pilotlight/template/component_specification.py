"""Reads what an inference component runs, what each copy of it needs, and where copies go."""

from __future__ import annotations

from typing import Any

from pilotlight.spec import ModelSpec
from pilotlight.template.hosted_endpoint import MODEL
from pilotlight.template.model_container import environment_of, model_of
from pilotlight.template.model_image import image_of
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built


def specified(
    resources: Resources, component: Resource, specification: Part, *, isolated: Any
) -> dict[str, Any]:
    """Read the specification of a component as fields of its spec.

    Args:
        resources: all of them.
        component: the resource.
        specification: of it.
        isolated: whether the containers of its endpoint have no network.
    """
    return {
        **_what_runs(resources, component, specification, isolated),
        **_needs(specification),
        **_placement(specification),
        **_start_up(specification),
        "data_cache": _data_cache(specification),
    }


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
