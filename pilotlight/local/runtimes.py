"""Puts control plane and data plane together: makes the runtime of an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.containers.triton_host import TritonHost
from pilotlight.local.control_plane.records import EndpointConfigRecord, ModelRecord
from pilotlight.local.control_plane.runtime import Runtime
from pilotlight.local.embedded import RegionalRuntimeFactory
from pilotlight.local.endpoint.multi_model_runtime import MultiModelRuntime
from pilotlight.local.endpoint.real_time_runtime import RealTimeRuntime
from pilotlight.local.endpoint.runtime import EndpointRuntime
from pilotlight.local.home import Home
from pilotlight.local.metric_sink import MetricSink

RuntimeKind = type[EndpointRuntime] | type[MultiModelRuntime] | type[RealTimeRuntime]


def runtime_factory(home: Home, clock: ScaledClock) -> RegionalRuntimeFactory:
    """Makes endpoints whose containers run below `home` and whose time is the clock's."""
    triton = TritonHost(home.temporary)

    def make(
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        aws: Aws,
        metrics: MetricSink,
        on_change: Callable[[], None],
    ) -> Runtime:
        return _kind_of(config, models)(
            name,
            config=config,
            models=models,
            aws=aws,
            clock=clock,
            metrics=metrics,
            containers=ContainerHost(home, aws, time_scale=clock.scale, triton=triton),
            on_change=on_change,
        )

    return make


def _kind_of(config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> RuntimeKind:
    """The runtime for what the configuration says."""
    names = [name for name in config.model_names if name in models]
    if any(each.is_multi_model for name in names for each in models[name].containers):
        return MultiModelRuntime
    return RealTimeRuntime if config.async_inference is None else EndpointRuntime
