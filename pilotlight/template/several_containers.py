"""Reads endpoints of several containers: side by side, or in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pilotlight.spec import ModelSpec, MultiContainerSpec, PipelineSpec, RealtimeAlarms
from pilotlight.template.data_capture import data_capture
from pilotlight.template.deployment import deployment_of
from pilotlight.template.hosted_endpoint import HostedEndpoint, looked_at
from pilotlight.template.model_container import container_fields, isolation_of
from pilotlight.template.on_instances import on_instances
from pilotlight.template.part import Part
from pilotlight.template.realtime_alarms import OF_A_CONTAINER, ON_FAILURES, realtime_alarms
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.retained import refuse_other_retention
from pilotlight.template.routing import routing
from pilotlight.template.said import Said, built
from pilotlight.template.variant_scaling import variant_scaling

DIRECT = "Direct"
SERIAL = "Serial"


def side_by_side(resources: Resources, endpoint: Resource) -> bool:
    """Whether a request names the container that answers."""
    return _mode(resources, endpoint) == DIRECT


def in_a_row(resources: Resources, endpoint: Resource) -> bool:
    """Whether a request passes through all containers, which it does unless the model says otherwise."""
    return _mode(resources, endpoint) == SERIAL


def read_multi_container(hosted: HostedEndpoint) -> MultiContainerSpec | None:
    """Read an endpoint of containers side by side."""
    models = {str(name.value): {"model": model} for name, model in _models(hosted)}
    fields = _fields(hosted, MultiContainerSpec, watched=models)
    return built(MultiContainerSpec, *_where(hosted), **fields, containers=models)


def read_pipeline(hosted: HostedEndpoint) -> PipelineSpec | None:
    """Read an endpoint of containers in a row."""
    steps = [{"name": name.value, "model": model} for name, model in _models(hosted)]
    return built(PipelineSpec, *_where(hosted), **_fields(hosted, PipelineSpec), containers=steps)


def _alarm_of(hosted: HostedEndpoint, container: str, alarms: RealtimeAlarms | None) -> Resource | None:
    """Give the alarm on failures of a container; a fleet says the alarms of all of them once."""
    place = hosted.endpoint.place
    known = {**_known(hosted), "ContainerName": container}
    theirs, found = realtime_alarms(hosted.resources, RealtimeAlarms, known, place, published=OF_A_CONTAINER)
    if theirs != alarms:
        what = f"the alarms of container {container} are not those of the endpoint"
        hosted.resources.notes.note(place, what)
    return found.get(ON_FAILURES)


def _known(hosted: HostedEndpoint) -> dict[str, Any]:
    return {"EndpointName": hosted.name, "VariantName": hosted.variants[0].name}


def _where(hosted: HostedEndpoint) -> tuple[Any, Any]:
    return hosted.resources.notes, hosted.endpoint.place


def _mode(resources: Resources, endpoint: Resource) -> str | None:
    config, models = looked_at(resources, endpoint)
    if len(models) != 1 or "AsyncInferenceConfig" in config:
        return None
    containers = models[0].get("Containers")
    if not isinstance(containers, list) or len(containers) < 2:  # noqa: PLR2004 (else it is a single one)
        return None
    said = models[0].get("InferenceExecutionConfig")
    return str(said.get("Mode", SERIAL)) if isinstance(said, dict) else SERIAL


def _models(hosted: HostedEndpoint) -> Iterator[tuple[Said[str], ModelSpec]]:
    """Read the containers with their names."""
    model = hosted.variants[0].model
    if model is None:
        return
    model.is_read = True
    model.part.leave("ExecutionRoleArn")
    execution = model.part.part("InferenceExecutionConfig")
    if execution is not None:
        execution.leave("Mode")
    isolated = isolation_of(model)
    for number, container in enumerate(model.part.parts("Containers"), 1):
        read = built(
            ModelSpec,
            hosted.resources.notes,
            container.place,
            **container_fields(container, model.stack.region),
            network_isolation=isolated,
        )
        if read is not None:
            yield _name(container, number), read


def _name(container: Part, number: int) -> Said[str]:
    said = container.text("ContainerHostname")
    if said is not None:
        return said
    container.note("ContainerHostname", "SageMaker names the container, and nobody knows how")
    return Said(f"container-{number}", container.place)


def _fields(hosted: HostedEndpoint, spec: Any, watched: Iterable[str] = ()) -> dict[str, Any]:
    """Read what both kinds say beside their containers, some of which are `watched` by themselves."""
    resources, variant = hosted.resources, hosted.variants[0]
    variant.part.leave("InitialVariantWeight")
    fields: dict[str, Any] = on_instances(spec, variant.part) | routing(variant.part)
    instance_type = fields["instance_type"]
    said = "" if instance_type is None else str(instance_type.value)
    scaling = variant_scaling(resources, hosted.name, variant.name, said)
    alarms, found = realtime_alarms(resources, RealtimeAlarms, _known(hosted), hosted.endpoint.place)
    watching = [found.get(ON_FAILURES), *(_alarm_of(hosted, name, alarms) for name in watched)]
    refuse_other_retention(hosted.endpoint, scaled=scaling is not None)
    return fields | {
        "scaling": scaling,
        "data_capture": data_capture(resources, hosted.config, hosted.key),
        "alarms": alarms,
        "deployment": deployment_of(resources, hosted.endpoint, *watching),
    }
