"""The real-time endpoint: every request is answered at once, on instances that stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import limits, naming
from pilotlight.catalog.hosting_options import not_here
from pilotlight.spec.answers_at_once import AnswersAtOnce
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.deployment import RollingDeployment
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.instance_pool import PooledInstances
from pilotlight.spec.observed import Observed
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaled_variant import ScaledVariant
from pilotlight.spec.variant import ShadowVariantSpec, VariantName, VariantSpec, Weight
from pilotlight.spec.warm_up import WarmUpSpec, refuse_without_sample
from pilotlight.spec.warm_up_in_effect import warm_up_in_effect

NOT_ROLLING: Final = "SageMaker does not update an endpoint of several variants in a rolling way"
"""SageMaker Developer Guide, Deployment guardrails, Exclusions."""


class RealtimeSpec(Observed, AnswersAtOnce, PooledInstances, OwnFiles, ScaledVariant, HostedEndpoint):
    """An endpoint that answers its callers at once. It never has zero instances."""

    NOT_HERE = not_here("realtime")

    kind: Literal["realtime"] = "realtime"
    """Callers wait for the answer."""

    weight: Weight = 1
    """The share of the requests for the model above, beside the weights of `variants`."""

    variants: dict[VariantName, VariantSpec] = Field({})
    """Further models that take a share of the requests, by name. Default: none."""

    shadow_variant: ShadowVariantSpec | None = None
    """A model that is sent copies of requests and whose answers nobody gets. Default: none.

    Only an endpoint without further variants has one."""

    warm_up: Annotated[WarmUpSpec, AfterValidator(refuse_without_sample)] | None = None
    """Asks the model from time to time, so that it does not grow cold. Default: only callers ask it."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of each variant, the endpoint's own first."""
        several = bool(self.variants) or self.shadow_variant is not None
        own = self.capacity(naming.VARIANT_NAME if several else None)
        further = (each.capacity(name, ("variants", name)) for name, each in self.variants.items())
        shadow = () if self.shadow_variant is None else (self.shadow_variant.capacity,)
        return (own, *further, *shadow)

    @property
    def in_effect(self) -> Self:
        """The same endpoint, with what its scaling and its warm-up come to."""
        changed = {
            "alarms": self.alarms.in_effect,
            "scaling": None if self.scaling is None else self.scaling.in_effect,
            "warm_up": warm_up_in_effect(self.warm_up, self),
            "variants": {name: each.in_effect for name, each in self.variants.items()},
        }
        return self.model_copy(update=changed)

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """The model of each variant, the endpoint's own first."""
        return tuple(
            hosted
            for path, each in self.hosts.items()
            for hosted in (
                Hosted((*path, "model"), each.model, each.instance_type),
                *each.pooled_models(path),
            )
        )

    @property
    def hosts(self) -> Mapping[Path, RealtimeSpec | VariantSpec | ShadowVariantSpec]:
        """The variants by their paths: the endpoint itself, the further ones, its shadow."""
        hosts: dict[Path, RealtimeSpec | VariantSpec | ShadowVariantSpec] = {(): self}
        hosts |= {("variants", name): each for name, each in self.variants.items()}
        return hosts if self.shadow_variant is None else {**hosts, ("shadow_variant",): self.shadow_variant}

    @field_validator("shadow_variant")
    @classmethod
    def _beside_one_variant(
        cls, value: ShadowVariantSpec | None, info: ValidationInfo
    ) -> ShadowVariantSpec | None:
        if value is not None and (others := info.data.get("variants")):
            what = "copies are made of the requests of a single variant"
            raise refused(what, got=f"{len(others)} in variants", allowed="no variants beside it")
        return value

    @field_validator("variants")
    @classmethod
    def _not_too_many(cls, value: dict[str, VariantSpec], info: ValidationInfo) -> dict[str, VariantSpec]:
        if not limits.PRODUCTION_VARIANTS.allows(len(value) + 1):
            got = f"{len(value)} beside the endpoint's own"
            raise refused("too many variants", got=got, allowed=str(limits.PRODUCTION_VARIANTS))
        if value and isinstance(info.data.get("deployment"), RollingDeployment):
            allowed = "another policy, or a single variant"
            raise refused(NOT_ROLLING, got="rolling", allowed=allowed, at=("..", "deployment", "policy"))
        if "weight" in info.data and not any(_weights(info.data["weight"], value)):
            raise refused(
                "no variant takes requests",
                got="weights of 0",
                allowed="one weight above 0",
                at=("..", "weight"),
            )
        return value


def _weights(own: float, variants: dict[str, VariantSpec]) -> Iterator[float]:
    yield own
    yield from (each.weight for each in variants.values())
