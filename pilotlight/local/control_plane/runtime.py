"""What the control plane needs of the data plane: one running endpoint, and somebody who makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import EndpointDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream


class Runtime(Protocol):
    """The instances, containers and queue of one endpoint. Thread-safe; only `stop` and `invoke` block."""

    def start(self) -> None:
        """Begin to make the endpoint; it comes into service later."""

    def update(
        self,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        *,
        retain_variant_properties: bool,
    ) -> None:
        """Begin to replace the instances by those of another configuration."""

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""

    def invoke_async(self, request: AsyncInvocation) -> AcceptedInvocation:
        """Queue a request. Raises ApiError when it is refused."""

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have the model answer, and wait for it. Raises ApiError when it is refused."""

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Have the model begin to answer. Raises ApiError when it is refused."""

    def set_weight(self, variant: str, weight: float) -> None:
        """Give a variant another share of the requests."""

    def set_concurrency(self, variant: str, *, most: int | None, provisioned: int | None) -> None:
        """Give a serverless variant another concurrency; None: as it is. Raises ValidationError."""

    def put_component(self, component: DeployedComponent) -> None:
        """Begin to make an inference component, or to replace its copies. Raises ValidationError."""

    def set_copies(self, component: str, count: int) -> None:
        """Begin to bring a component to another number of copies. Raises ValidationError."""

    def remove_component(self, component: str) -> None:
        """Begin to end all copies of a component; it is not described any more when they are gone."""

    def describe(self) -> EndpointDescription:
        """The state of the endpoint now."""

    def stop(self) -> None:
        """End everything; all containers are gone when this returns."""


class RuntimeFactory(Protocol):
    """Makes the runtime of an endpoint in one region."""

    def __call__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        on_change: Callable[[], None],
    ) -> Runtime:
        """Make it, without starting it; `on_change` is called when `describe` would tell something new."""
