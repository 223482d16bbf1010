"""Lists the kinds of endpoint that are read: a further kind is one new file and its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pilotlight.spec import EndpointSpec
from pilotlight.template import (
    async_endpoint,
    batch_transform,
    inference_component_endpoint,
    multi_model_endpoint,
    realtime_endpoint,
    serverless_endpoint,
    several_containers,
)
from pilotlight.template.hosted_endpoint import ENDPOINT, HostedEndpoint
from pilotlight.template.resource import Resource, Resources


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of endpoint is found and read.

    Attributes:
        name: as a fleet file says it.
        root: the type of the resource that stands for one endpoint of this kind.
        fits: tells whether such a resource is one of this kind; it looks, and reads nothing.
        read: reads it, under the key that it has in the fleet; None when it cannot be read.
    """

    name: str
    root: str
    fits: Callable[[Resources, Resource], bool]
    read: Callable[[Resources, Resource, str], EndpointSpec | None]


def _hosted(
    name: str,
    fits: Callable[[Resources, Resource], bool],
    read: Callable[[HostedEndpoint], EndpointSpec | None],
) -> Kind:
    """Make the kind of an endpoint that SageMaker calls so: endpoint, configuration, variants, models."""

    def gathered(resources: Resources, endpoint: Resource, key: str) -> EndpointSpec | None:
        hosted = HostedEndpoint.of(resources, endpoint, key)
        return read(hosted) if hosted is not None and hosted.variants else None

    return Kind(name, ENDPOINT, fits, gathered)


KINDS: Final = (
    _hosted("async", async_endpoint.fits, async_endpoint.read),
    Kind("batch-transform", batch_transform.STATE_MACHINE, batch_transform.fits, batch_transform.read),
    _hosted("inference-components", inference_component_endpoint.fits, inference_component_endpoint.read),
    _hosted("multi-container", several_containers.side_by_side, several_containers.read_multi_container),
    _hosted("multi-model", multi_model_endpoint.fits, multi_model_endpoint.read),
    _hosted("pipeline", several_containers.in_a_row, several_containers.read_pipeline),
    _hosted("realtime", realtime_endpoint.fits, realtime_endpoint.read),
    _hosted("serverless", serverless_endpoint.fits, serverless_endpoint.read),
)
"""All of them; no resource fits two."""
