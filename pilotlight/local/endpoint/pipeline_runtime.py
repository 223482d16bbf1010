"""One running serial pipeline: each request goes through all containers of an instance, in turn."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.hosting.micros import Micros
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.direct_call import Routed
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.forwarded_call import Told
from pilotlight.local.endpoint.pipeline_call import PipelineCall
from pilotlight.local.endpoint.real_time_runtime import RealTimeRuntime


class PipelineRuntime(RealTimeRuntime):
    """Makes a pipeline true: a real-time endpoint whose call goes from container to container."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:
        """Where a model has several containers and none is invoked directly."""
        return config.async_inference is None and any(models[name].is_pipeline for name in config.model_names)

    def _call(
        self, request: DirectInvocation, routed: Routed, *, received: Micros, told: Told
    ) -> PipelineCall:
        return PipelineCall(request, routed, clock=self._clock, received=received, told=told)
