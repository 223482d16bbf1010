"""How an asynchronous endpoint grows, shrinks, sleeps and wakes."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import scaling
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.refusing import refused
from pilotlight.spec.within import Within

Positive = Annotated[int, Field(ge=1), Within(scaling.MAX_CAPACITY)]


class BacklogScaling(Spec):
    """Follows the backlog per instance; at zero instances, the first request wakes the endpoint."""

    track: Literal["backlog"] = "backlog"
    """What the number of instances follows."""

    min_capacity: Annotated[int, Within(scaling.MIN_CAPACITY)] = 0
    """The fewest instances; at 0 the endpoint sleeps when nobody asks."""

    max_capacity: Positive = 1
    """The most instances."""

    target_per_instance: Annotated[float, Field(gt=0), Within(scaling.TARGET_VALUE)] = 5
    """How many waiting and running requests each instance should have."""

    scale_in_cooldown: Annotated[Duration, Within(scaling.SCALE_IN_COOLDOWN)] = timedelta(seconds=300)
    """After instances were taken away, no more are taken away for this long."""

    scale_out_cooldown: Annotated[Duration, Within(scaling.SCALE_OUT_COOLDOWN)] = timedelta(seconds=300)
    """After instances were added, no more are added for this long, unless the backlog asks for even more."""

    wake_cooldown: Annotated[Duration, Within(scaling.STEP_COOLDOWN)] = timedelta(seconds=300)
    """After waking, the endpoint is not woken again for this long."""

    @field_validator("max_capacity")
    @classmethod
    def _not_below_min(cls, value: int, info: ValidationInfo) -> int:
        lowest = info.data.get("min_capacity")
        if lowest is not None and value < lowest:
            raise refused("less than min_capacity", allowed=f"{lowest} or more")
        return value
