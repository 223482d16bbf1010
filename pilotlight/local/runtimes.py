"""Puts control plane and data plane together: makes the runtime of an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.containers.triton_host import TritonHost
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.runtime import Runtime
from pilotlight.local.embedded import RegionalRuntimeFactory
from pilotlight.local.endpoint.async_runtime import AsyncRuntime
from pilotlight.local.endpoint.component_runtime import ComponentRuntime
from pilotlight.local.endpoint.multi_container_runtime import MultiContainerRuntime
from pilotlight.local.endpoint.multi_model_runtime import MultiModelRuntime
from pilotlight.local.endpoint.pipeline_runtime import PipelineRuntime
from pilotlight.local.endpoint.real_time_runtime import RealTimeRuntime
from pilotlight.local.endpoint.runtime import EndpointRuntime
from pilotlight.local.endpoint.serverless_runtime import ServerlessRuntime
from pilotlight.local.endpoint.surroundings import Surroundings
from pilotlight.local.home import Home
from pilotlight.local.images.image_store import ImageStore
from pilotlight.local.metric_sink import MetricSink
from pilotlight.local.transform.jobs import JobRunner
from pilotlight.local.transform.services import Publish, TransformServices

RUNTIMES: tuple[type[EndpointRuntime], ...] = (
    MultiModelRuntime,
    MultiContainerRuntime,
    ComponentRuntime,
    PipelineRuntime,
    ServerlessRuntime,
    AsyncRuntime,
    RealTimeRuntime,
)
"""The ways of hosting: an endpoint is of the first one that hosts its configuration."""


Hosts = Callable[[Aws], ContainerHost]
"""Makes what runs the containers of a region."""


def container_hosts(home: Home, clock: ScaledClock) -> Hosts:
    """Containers run below `home`, where the images are that were built here; all share one Triton."""
    triton, images = TritonHost(home.temporary), ImageStore(home.images)
    return lambda aws: ContainerHost(home, aws, time_scale=clock.scale, triton=triton, commands=images)


def runtime_factory(clock: ScaledClock, hosts: Hosts) -> RegionalRuntimeFactory:
    """Makes endpoints whose time is the clock's."""

    def make(
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        aws: Aws,
        metrics: MetricSink,
        on_change: Callable[[], None],
    ) -> Runtime:
        around = Surroundings(aws, clock, metrics, hosts(aws))
        kind = runtime_kind(config, models)
        return kind(name, config=config, models=models, around=around, on_change=on_change)

    return make


def transform_factory(clock: ScaledClock, hosts: Hosts, publish: Publish) -> Callable[[Aws], JobRunner]:
    """Makes what runs the transform jobs of a region. publish: sends their events."""

    def make(aws: Aws) -> JobRunner:
        return TransformServices(aws, clock, hosts(aws), publish)

    return make


def runtime_kind(config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> type[EndpointRuntime]:
    """The way of hosting of a configuration. models: those that it names, by name."""
    return next(each for each in RUNTIMES if each.hosts(config, models))
