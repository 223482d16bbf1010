"""Reads endpoints without instances."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog import serverless
from pilotlight.spec import ServerlessAlarms, ServerlessModelSpec, ServerlessSpec
from pilotlight.template.deployment import deployment_of
from pilotlight.template.endpoint_alarm import Threshold
from pilotlight.template.hosted_endpoint import HostedEndpoint, looked_at
from pilotlight.template.model_container import container_fields, container_of, isolation_of
from pilotlight.template.part import Part
from pilotlight.template.realtime_alarms import percent, realtime_alarms
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.retained import refuse_other_retention
from pilotlight.template.said import Said, built
from pilotlight.template.serverless_scaling import serverless_scaling

CONCURRENCY: Final = Threshold("concurrency_percent", serverless.CONCURRENT_EXECUTIONS_UTILIZATION, percent)
"""The alarm that only a serverless endpoint has."""


def fits(resources: Resources, endpoint: Resource) -> bool:
    """Whether its variants have memory and concurrency instead of instances."""
    config, _ = looked_at(resources, endpoint)
    variants = config.get("ProductionVariants")
    listed = variants if isinstance(variants, list) else []
    return any(isinstance(each, dict) and "ServerlessConfig" in each for each in listed)


def read(hosted: HostedEndpoint) -> ServerlessSpec | None:
    """Read a serverless endpoint."""
    resources, variant = hosted.resources, hosted.variants[0]
    variant.part.leave("InitialVariantWeight")
    scaling = serverless_scaling(resources, hosted.name, variant.name)
    known = {"EndpointName": hosted.name, "VariantName": variant.name}
    alarms, found = realtime_alarms(resources, ServerlessAlarms, known, hosted.endpoint.place, (CONCURRENCY,))
    refuse_other_retention(hosted.endpoint, scaled=scaling is not None)
    return built(
        ServerlessSpec,
        resources.notes,
        hosted.endpoint.place,
        **_sizes(variant.part),
        model=_model(resources, variant.model),
        scaling=scaling,
        alarms=alarms,
        deployment=deployment_of(resources, hosted.endpoint, found.get("server_error_percent")),
    )


def _sizes(variant: Part) -> dict[str, Said[Any] | None]:
    config = variant.part("ServerlessConfig")
    if config is None:
        return {}
    return {
        "memory_size": config.whole("MemorySizeInMB"),
        "max_concurrency": config.whole("MaxConcurrency"),
        "provisioned_concurrency": config.whole("ProvisionedConcurrency"),
    }


def _model(resources: Resources, model: Resource | None) -> ServerlessModelSpec | None:
    container = None if model is None else container_of(model)
    if model is None or container is None:
        return None
    model.is_read = True
    model.part.leave("ExecutionRoleArn")
    return built(
        ServerlessModelSpec,
        resources.notes,
        container.place,
        **container_fields(container, model.stack.region),
        network_isolation=isolation_of(model),
    )
