"""A further variant of an endpoint: another model that takes a share of the requests."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, field_validator

from pilotlight.catalog import naming, routing
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaled_variant import ScaledVariant
from pilotlight.spec.within import Within

Weight = Annotated[float, Within(routing.VARIANT_WEIGHT)]


class VariantSpec(OwnFiles, ScaledVariant):
    """One more production variant, beside the one that the endpoint's own keys describe."""

    weight: Weight = 1
    """Its share of the requests: this, divided by the weights of all variants. At 0 it takes only those that
    name it as TargetVariant."""

    @property
    def in_effect(self) -> Self:
        """The same variant, with what its scaling comes to."""
        return self.model_copy(update={"scaling": None if self.scaling is None else self.scaling.in_effect})

    @field_validator("model")
    @classmethod
    def _not_of_jumpstart(cls, value: ModelSpec) -> ModelSpec:
        if value.jumpstart is not None:
            what = "only the endpoint's own model may be one of JumpStart"
            raise refused(what, got=value.jumpstart, allowed="an image and a source", at=("jumpstart",))
        return value


def _variant_name(value: str) -> str:
    if value == naming.VARIANT_NAME:
        what = "the name of the endpoint's own variant"
        raise refused(what, got=value, allowed="another name")
    if re.fullmatch(naming.VARIANT_NAME_PATTERN, value) is None:
        raise refused("not the name of a variant", got=value, allowed="letters, digits and single hyphens")
    return value


VariantName = Annotated[
    str,
    AfterValidator(_variant_name),
    Field(json_schema_extra={"pattern": f"^{naming.VARIANT_NAME_PATTERN}$"}),
]
