"""What a request names beside its endpoint: a model, a container, a component; and who must name which."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

COMPONENT_MISSING = (
    "Inference Component Name header is required for endpoints to which you plan to deploy inference "
    "components. Please include Inference Component Name header or consider using SageMaker models."
)


@dataclass(frozen=True, slots=True)
class InvocationTarget:
    """The names that came with a request; None where there was none."""

    model: str | None = None
    """`TargetModel`."""
    container: str | None = None
    """`TargetContainerHostname`."""
    component: str | None = None
    """`InferenceComponentName`."""


@dataclass(frozen=True, slots=True)
class TargetRules:
    """What requests to an endpoint may name.

    models: whether it is a multi-model endpoint. containers: the host names that can be invoked directly;
    None: it is not configured for that. components: its inference components; None: it hosts none.
    """

    models: bool = False
    containers: AbstractSet[str] | None = None
    components: AbstractSet[str] | None = None

    def refusal(self, endpoint: str, named: InvocationTarget) -> str | None:
        """Why SageMaker refuses a request, as a ValidationError says it; None: it does not."""
        return (
            self._of_model(endpoint, named.model)
            or self._of_container(endpoint, named.container)
            or self._of_component(endpoint, named.component)
        )

    def _of_model(self, endpoint: str, model: str | None) -> str | None:
        if model is None or self.models:
            return None
        return f"Endpoint {endpoint} is not a multi-model endpoint: TargetModel must not be given."

    def _of_container(self, endpoint: str, container: str | None) -> str | None:
        if self.containers is None:
            if container is None:
                return None
            return (
                f"Endpoint {endpoint} is not configured for direct invocation of its containers: "
                "TargetContainerHostname must not be given."
            )
        if container in self.containers:
            return None
        wrong = "must be given" if container is None else f"names no container of it, got {container}"
        allowed = ", ".join(sorted(self.containers))
        return (
            f"Endpoint {endpoint} is configured for direct invocation: TargetContainerHostname {wrong}, "
            f"allowed {allowed}."
        )

    def _of_component(self, endpoint: str, component: str | None) -> str | None:
        if self.components is None:
            if component is None:
                return None
            return f"Endpoint {endpoint} hosts no components: InferenceComponentName must not be given."
        if component is None:
            return COMPONENT_MISSING
        if component in self.components:
            return None
        return f'Inference Component "{component}" was not found on endpoint {endpoint}.'
