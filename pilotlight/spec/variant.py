"""A further variant of an endpoint: another model that takes a share of the requests."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, field_validator

from pilotlight.catalog import limits, naming, routing
from pilotlight.spec.base import Spec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.further_model import refuse_jumpstart
from pilotlight.spec.instance_pool import PooledInstances
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.on_instances import OnInstances
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaled_variant import ScaledVariant
from pilotlight.spec.within import Within

Weight = Annotated[float, Within(routing.VARIANT_WEIGHT)]


class FurtherModel(Spec):
    """A model with instances of its own, beside the one that the endpoint's own keys describe."""

    @field_validator("model", check_fields=False)
    @classmethod
    def _not_of_jumpstart(cls, value: ModelSpec) -> ModelSpec:
        refuse_jumpstart(value)
        return value


class VariantSpec(FurtherModel, PooledInstances, OwnFiles, ScaledVariant):
    """One more production variant, which takes a share of the requests."""

    weight: Weight = 1
    """Its share of the requests: this, divided by the weights of all variants. At 0 it takes only those that
    name it as TargetVariant."""

    @property
    def in_effect(self) -> Self:
        """The same variant, with what its scaling comes to."""
        return self.model_copy(update={"scaling": None if self.scaling is None else self.scaling.in_effect})


class ShadowVariantSpec(FurtherModel, PooledInstances, OwnFiles, OnInstances):
    """A variant whose answers nobody gets: it is sent copies of requests, to see how it does."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT)] = 1
    """How many instances it has."""

    weight: Annotated[float, Field(gt=0), Within(routing.VARIANT_WEIGHT)] = 1
    """How many requests are copied to it, as a share of the weight of the endpoint's own model (assumed): at
    0.1 one of ten, while that weight is 1."""

    @property
    def capacity(self) -> Capacity:
        """Its instances, which nothing scales."""
        count, path = self.initial_instance_count, ("shadow_variant", "instance_type")
        own, *others = self.instance_types
        return Capacity(own, count, count, count, naming.SHADOW_VARIANT_NAME, path, tuple(others))


def _variant_name(value: str) -> str:
    if value in (naming.VARIANT_NAME, naming.SHADOW_VARIANT_NAME):
        what = "the name of the endpoint's own variant, or of its shadow"
        raise refused(what, got=value, allowed="another name")
    if re.fullmatch(naming.VARIANT_NAME_PATTERN, value) is None:
        raise refused("not the name of a variant", got=value, allowed="letters, digits and single hyphens")
    return value


VariantName = Annotated[
    str,
    AfterValidator(_variant_name),
    Field(json_schema_extra={"pattern": f"^{naming.VARIANT_NAME_PATTERN}$"}),
]
