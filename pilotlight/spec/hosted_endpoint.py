"""What every kind of endpoint has: tags, instances, and models with a place in the fleet file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from pydantic import Field

from pilotlight.spec.base import Spec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.parts import with_part
from pilotlight.spec.path import Path
from pilotlight.spec.request_capacity import RequestCapacity
from pilotlight.spec.tags import Tags


@dataclass(frozen=True, slots=True)
class Hosted:
    """One model of an endpoint.

    Attributes:
        path: leads from the endpoint to the model, as `("variants", "canary", "model")`.
        model: what runs.
        instance_type: what it runs on; None where SageMaker chooses, which then has no GPU.
    """

    path: Path
    model: ModelSpec
    instance_type: str | None

    @property
    def joins_network(self) -> bool:
        """Whether it lives in the fleet's network, if there is one: nothing serverless does."""
        return self.instance_type is not None and self.model.needs_network


class HostedEndpoint(Spec):
    """Base of all kinds of endpoint; whoever looks at an endpoint of any kind looks at this."""

    kind: str
    """Which kind it is."""

    tags: Tags = Field({})
    """Tags of what the endpoint consists of, beside those of the fleet."""

    @property
    @abstractmethod
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances that it may have; empty where nothing is billed by the instance."""

    @property
    def request_capacities(self) -> tuple[RequestCapacity, ...]:
        """The requests whose seconds are billed; empty on instances."""
        return ()

    @property
    @abstractmethod
    def hosted(self) -> tuple[Hosted, ...]:
        """Every model of the endpoint, with its path and where it runs."""

    @property
    def suffixes(self) -> tuple[tuple[Path, str], ...]:
        """What names of its parts add to its own, with the path to each. Default: no part has a name."""
        return ()

    @property
    def in_effect(self) -> Self:
        """The same endpoint with its defaults filled in, and without what has no effect beside the rest.

        Two endpoints that deploy alike are equal then, which is how one that was read back is compared.
        """
        return self

    def with_models(self, change: Callable[[ModelSpec, str | None], ModelSpec]) -> Self:
        """Give a copy in which each model became what `change` makes of it and of its instance type."""
        changed = self
        for each in self.hosted:
            changed = with_part(changed, each.path, change(each.model, each.instance_type))
        return changed
