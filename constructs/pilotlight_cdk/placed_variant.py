"""A variant together with the constructs of everything that runs on its instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilotlight.spec import AsyncSpec, RealtimeSpec, ShadowVariantSpec, VariantSpec
from pilotlight_cdk.instance_pool import InstancePool
from pilotlight_cdk.model import Model

AnyVariant = AsyncSpec | RealtimeSpec | ShadowVariantSpec | VariantSpec


@dataclass(frozen=True, slots=True)
class PlacedVariant:
    """One variant of an endpoint.

    Attributes:
        spec: what is said about it.
        model: runs on its own instance type, and on those of pools without a model.
        pools: what it falls back to.
    """

    spec: AnyVariant
    model: Model
    pools: Sequence[InstancePool] = ()

    @property
    def models(self) -> Iterator[Model]:
        """Every model that may run on it."""
        yield self.model
        yield from (pool.model for pool in self.pools if pool.model is not None)

    @property
    def pool_models(self) -> Mapping[str, str]:
        """The names of the models that pools have of their own, by instance type."""
        own = ((pool.instance_type, pool.model) for pool in self.pools)
        return {name: model.model_name for name, model in own if model is not None}

    def refuse_unfit_images(self) -> None:
        """Raise FleetRefused when an image is built for other processors than it would run on."""
        self.model.refuse_unfit(self.spec.instance_type)
        for pool in self.pools:
            (pool.model or self.model).refuse_unfit(pool.instance_type)
