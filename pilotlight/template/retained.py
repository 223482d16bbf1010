"""Checks that an update keeps the capacity that scaling chose."""

from __future__ import annotations

from typing import Final

from pilotlight.template.resource import Resource

KEY: Final = "RetainAllVariantProperties"


def refuse_other_retention(endpoint: Resource, *, scaled: bool) -> None:
    """Note an endpoint whose update would reset the number of instances, or keep one that nothing chose."""
    endpoint.part.only(KEY, *((True,) if scaled else (None, False)))
