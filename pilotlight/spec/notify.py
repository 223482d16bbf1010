"""What happens when a request of an asynchronous endpoint ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator

from pilotlight.spec.base import Spec
from pilotlight.spec.duration import PositiveDuration
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.refusing import refused

Outcome = Literal["success", "error"]


def _no_twins(value: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    if len(set(value)) < len(value):
        raise refused("repeats itself", allowed="each of success and error once")
    return value


class Notify(Spec):
    """Says who learns that a request has ended."""

    status_table: bool = False
    """Keep a row per request in the status table of the fleet, and send an event when it ends."""

    include_inference_response_in: Annotated[tuple[Outcome, ...], AfterValidator(_no_twins), FROM_LIST] = ()
    """Which notifications carry the answer itself, when it is not larger than 128 KB."""

    retention: PositiveDuration = timedelta(days=30)
    """How long a row stays in the status table."""
