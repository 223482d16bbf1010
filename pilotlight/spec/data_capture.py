"""Keeping some of the requests and answers of an endpoint."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from pilotlight.catalog.limits import CAPTURE_PERCENT
from pilotlight.spec.base import Spec
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.refusing import refused
from pilotlight.spec.within import Within

Captured = Literal["input", "output"]


def _some(value: tuple[Captured, ...]) -> tuple[Captured, ...]:
    if not value or len(set(value)) < len(value):
        raise refused("empty, or repeats itself", allowed="input, output or both, each once")
    return value


class DataCapture(Spec):
    """Copies a share of the traffic to the fleet's bucket, below `capture/<endpoint>/`; it never expires."""

    sampling_percent: Annotated[int, Within(CAPTURE_PERCENT)] = 100
    """How many of a hundred requests are kept."""

    capture: Annotated[tuple[Captured, ...], AfterValidator(_some), FROM_LIST] = (
        "input",
        "output",
    )
    """What is kept of them."""
