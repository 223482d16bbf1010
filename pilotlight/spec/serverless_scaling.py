"""How the provisioned concurrency of a serverless endpoint follows its load."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from pilotlight.spec.one_of import OneOf
from pilotlight.spec.realtime_scaling import Capacity, ScheduleScaling, TrackedScaling


class ProvisionedConcurrencyScaling(TrackedScaling):
    """Follows how much of the provisioned concurrency is in use."""

    track: Literal["provisioned-concurrency"] = "provisioned-concurrency"
    """The share of it that is in use."""

    min_capacity: Capacity = 1
    """The least provisioned concurrency."""

    max_capacity: Capacity
    """The most provisioned concurrency; never more than the endpoint's max_concurrency."""

    target_percent: Annotated[float, Field(gt=0, le=100)]
    """How much of it should be in use."""


SCALINGS: Final = (ProvisionedConcurrencyScaling, ScheduleScaling)

AnyServerlessScaling = ProvisionedConcurrencyScaling | ScheduleScaling
"""Either of them, for annotations."""

ServerlessScaling = Annotated[AnyServerlessScaling, OneOf("track", SCALINGS)]
"""One of the ways to scale, told apart by `track`."""
