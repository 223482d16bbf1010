"""Lists what builds each kind of endpoint: a further kind is one new file and its line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol

from pilotlight.spec import (
    AsyncSpec,
    BatchTransformSpec,
    InferenceComponentEndpointSpec,
    MultiContainerSpec,
    MultiModelSpec,
    PipelineSpec,
    RealtimeSpec,
    ServerlessSpec,
)
from pilotlight.spec.hosted_endpoint import HostedEndpoint
from stacks.kinds.async_endpoint import build_async_endpoint
from stacks.kinds.batch_transform import build_batch_transform
from stacks.kinds.inference_component_endpoint import build_inference_component_endpoint
from stacks.kinds.multi_container_endpoint import build_multi_container_endpoint
from stacks.kinds.multi_model_endpoint import build_multi_model_endpoint
from stacks.kinds.pipeline_endpoint import build_pipeline_endpoint
from stacks.kinds.realtime_endpoint import build_realtime_endpoint
from stacks.kinds.serverless_endpoint import build_serverless_endpoint
from stacks.place import Place


class Builder(Protocol):
    """Builds the models and the endpoint of one key of a fleet file."""

    def __call__(self, place: Place, spec: Any, /) -> None:
        """Build them in the stack of the place."""


BUILDERS: Final[Mapping[type[HostedEndpoint], Builder]] = MappingProxyType(
    {
        AsyncSpec: build_async_endpoint,
        BatchTransformSpec: build_batch_transform,
        InferenceComponentEndpointSpec: build_inference_component_endpoint,
        MultiModelSpec: build_multi_model_endpoint,
        MultiContainerSpec: build_multi_container_endpoint,
        PipelineSpec: build_pipeline_endpoint,
        RealtimeSpec: build_realtime_endpoint,
        ServerlessSpec: build_serverless_endpoint,
    }
)
"""What a key is → what builds it."""
