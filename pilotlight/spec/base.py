"""Fixes what every part of the spec has in common: frozen, strict, no key that it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Spec(BaseModel):
    """Base of all parts of a fleet: pure data, compared by value."""

    NOT_HERE: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Keys that a part of the same sort has and this one must not have → why not."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_default=True,  # rules across fields hold for defaults too
        use_attribute_docstrings=True,  # the JSON schema says what the docstrings say
    )
