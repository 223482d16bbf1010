"""An endpoint as others see it: by its name, and by what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pilotlight.spec import EndpointSpec


class NamedEndpoint(Protocol):
    """Any endpoint construct of this package, or an `EndpointByName`."""

    @property
    def endpoint_name(self) -> str:
        """What callers use; a literal."""

    @property
    def spec(self) -> EndpointSpec:
        """What the endpoint is."""


@dataclass(frozen=True, slots=True)
class EndpointByName:
    """Stands for an endpoint of another stack, without a reference that would tie both together."""

    endpoint_name: str
    spec: EndpointSpec
