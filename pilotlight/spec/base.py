"""Fixes what every part of the spec has in common: frozen, strict, no key that it does not know."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Spec(BaseModel):
    """Base of all parts of a fleet: pure data, compared by value."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_default=True,  # rules across fields hold for defaults too
        use_attribute_docstrings=True,  # the JSON schema says what the docstrings say
    )
