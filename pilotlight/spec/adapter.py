"""An adapter: a small model that the copies of a component load on top of their own."""

from __future__ import annotations

from pydantic import field_validator

from pilotlight.spec.base import Spec
from pilotlight.spec.component_container import refuse_prefix
from pilotlight.spec.source import Source


class AdapterSpec(Spec):
    """A component of its own name that runs in the copies of another one, and reserves nothing itself."""

    source: Source
    """Its files: a directory relative to the fleet file, or a tarball in S3."""

    @field_validator("source")
    @classmethod
    def _one_file(cls, value: str) -> str:
        refuse_prefix(value)
        return value
