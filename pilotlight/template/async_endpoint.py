"""Reads asynchronous endpoints."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.naming import async_prefixes
from pilotlight.spec import AsyncAlarms, AsyncSpec
from pilotlight.template.async_alarms import DEAD_LETTERS, THRESHOLDS
from pilotlight.template.backlog_scaling import backlog_scaling
from pilotlight.template.deployment import deployment_of
from pilotlight.template.endpoint_alarm import alarm_on, endpoint_alarms, read_alarm
from pilotlight.template.hosted_endpoint import HostedEndpoint, looked_at
from pilotlight.template.instance_pools import instance_pools
from pilotlight.template.kept_below import refuse_elsewhere
from pilotlight.template.model_container import model_of
from pilotlight.template.notify import notify_of
from pilotlight.template.observed import observed
from pilotlight.template.on_instances import on_instances
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.retained import refuse_other_retention
from pilotlight.template.said import Said, built


def fits(resources: Resources, endpoint: Resource) -> bool:
    """Whether requests wait in a queue."""
    config, _ = looked_at(resources, endpoint)
    return "AsyncInferenceConfig" in config


def read(hosted: HostedEndpoint) -> AsyncSpec | None:
    """Read an asynchronous endpoint."""
    resources, variant = hosted.resources, hosted.variants[0]
    variant.part.leave("InitialVariantWeight")
    fields: dict[str, Any] = on_instances(AsyncSpec, variant.part)
    count = fields["initial_instance_count"]
    scaling = backlog_scaling(resources, hosted.name, variant.name, count)
    notify, alarms, failures = _ended_requests(hosted)
    refuse_other_retention(hosted.endpoint, scaled=True)
    return built(
        AsyncSpec,
        resources.notes,
        hosted.endpoint.place,
        **fields,
        **observed(hosted),
        instance_pools=instance_pools(resources, variant.part),
        model=model_of(resources, variant.model),
        scaling=scaling,
        max_concurrent_invocations_per_instance=_at_once(hosted.config.part),
        notify=notify,
        alarms=alarms,
        deployment=deployment_of(resources, hosted.endpoint, failures),
    )


def _ended_requests(hosted: HostedEndpoint) -> tuple[Any, AsyncAlarms | None, Resource | None]:
    """Read what happens when requests end, and what calls for help when they do not, or badly."""
    resources, inference = hosted.resources, hosted.config.part.part("AsyncInferenceConfig")
    output = None if inference is None else inference.part("OutputConfig")
    notify, dead_letters = None, None
    if output is not None:
        _refuse_other_places(output, hosted.key)
        notify, dead_letters = notify_of(resources, output)
    known = {"EndpointName": hosted.name, "VariantName": hosted.variants[0].name}
    alarms, found = endpoint_alarms(
        resources,
        AsyncAlarms,
        THRESHOLDS,
        known,
        hosted.endpoint.place,
        dead_letters=_dead_letters(hosted, dead_letters),
    )
    return notify, alarms, found.get("failures")


def _dead_letters(hosted: HostedEndpoint, queue: Resource | None) -> Said[Any] | None:
    if queue is None:
        return None
    alarm = alarm_on(hosted.resources, DEAD_LETTERS, {"QueueName": queue.attribute("QueueName")})
    return read_alarm(DEAD_LETTERS, alarm)


def _refuse_other_places(output: Part, key: str) -> None:
    prefixes = async_prefixes(key)
    output.leave("KmsKeyId")
    refuse_elsewhere(output, "S3OutputPath", prefixes.output)
    refuse_elsewhere(output, "S3FailurePath", prefixes.failure)


def _at_once(config: Part) -> Said[int] | None:
    inference = config.part("AsyncInferenceConfig")
    client = None if inference is None else inference.part("ClientConfig")
    return None if client is None else client.whole("MaxConcurrentInvocationsPerInstance")
