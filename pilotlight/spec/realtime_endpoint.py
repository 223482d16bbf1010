"""The real-time endpoint: every request is answered at once, on instances that stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import limits, naming
from pilotlight.catalog.hosting_options import not_here
from pilotlight.spec.answers_at_once import AnswersAtOnce
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaled_variant import ScaledVariant
from pilotlight.spec.variant import VariantName, VariantSpec, Weight
from pilotlight.spec.warm_up import WarmUpSpec, refuse_without_sample
from pilotlight.spec.warm_up_in_effect import warm_up_in_effect


class RealtimeSpec(OwnFiles, AnswersAtOnce, ScaledVariant, HostedEndpoint):
    """An endpoint that answers its callers at once. It never has zero instances."""

    NOT_HERE = not_here("realtime")

    kind: Literal["realtime"] = "realtime"
    """Callers wait for the answer."""

    weight: Weight = 1
    """The share of the requests for the model above, beside the weights of `variants`."""

    variants: dict[VariantName, VariantSpec] = Field({})
    """Further models that take a share of the requests, by name. Default: none."""

    warm_up: Annotated[WarmUpSpec, AfterValidator(refuse_without_sample)] | None = None
    """Asks the model from time to time, so that it does not grow cold. Default: only callers ask it."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of each variant, the endpoint's own first."""
        own = self.capacity(naming.VARIANT_NAME if self.variants else None)
        further = (each.capacity(name, ("variants", name)) for name, each in self.variants.items())
        return (own, *further)

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
        own = Hosted(("model",), self.model, self.instance_type)
        further = (
            Hosted(("variants", name, "model"), each.model, each.instance_type)
            for name, each in self.variants.items()
        )
        return (own, *further)

    @field_validator("variants")
    @classmethod
    def _not_too_many(cls, value: dict[str, VariantSpec], info: ValidationInfo) -> dict[str, VariantSpec]:
        if not limits.PRODUCTION_VARIANTS.allows(len(value) + 1):
            got = f"{len(value)} beside the endpoint's own"
            raise refused("too many variants", got=got, allowed=str(limits.PRODUCTION_VARIANTS))
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
