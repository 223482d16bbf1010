"""Lists the kinds of endpoint: a further kind is one new file and its name here."""

from __future__ import annotations

from typing import Annotated, Final

from pilotlight.spec.async_endpoint import AsyncSpec
from pilotlight.spec.batch_transform import BatchTransformSpec
from pilotlight.spec.inference_component_endpoint import InferenceComponentEndpointSpec
from pilotlight.spec.multi_container_endpoint import MultiContainerSpec
from pilotlight.spec.multi_model_endpoint import MultiModelSpec
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.pipeline_endpoint import PipelineSpec
from pilotlight.spec.realtime_endpoint import RealtimeSpec
from pilotlight.spec.serverless_endpoint import ServerlessSpec

KINDS: Final = (
    AsyncSpec,
    BatchTransformSpec,
    RealtimeSpec,
    MultiModelSpec,
    InferenceComponentEndpointSpec,
    ServerlessSpec,
    MultiContainerSpec,
    PipelineSpec,
)

EndpointSpec = (
    AsyncSpec
    | BatchTransformSpec
    | RealtimeSpec
    | MultiModelSpec
    | InferenceComponentEndpointSpec
    | ServerlessSpec
    | MultiContainerSpec
    | PipelineSpec
)
"""Any kind of endpoint, for annotations: the union of KINDS."""

AnyEndpoint = Annotated[EndpointSpec, OneOf("kind", KINDS, default="async")]
"""One of the kinds, told apart by `kind`."""
