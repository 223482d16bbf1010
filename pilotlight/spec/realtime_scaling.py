"""How an endpoint that answers at once grows and shrinks. It never sleeps: nothing would wake it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, field_validator

from pilotlight.catalog import scaling
from pilotlight.catalog.hosting_options import why_not
from pilotlight.spec.capacity_bounds import CapacityBounds, some
from pilotlight.spec.duration import Duration
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.refusing import refused
from pilotlight.spec.scheduled_capacity import ScheduledCapacity
from pilotlight.spec.within import Within

NEVER_ZERO: Final = why_not("realtime", "scaling.min_capacity")

Capacity = Annotated[int, Within(scaling.MAX_CAPACITY)]
Target = Annotated[float, Field(gt=0), Within(scaling.TARGET_VALUE)]


class BoundedScaling(CapacityBounds):
    """Base of all of them: never fewer nor more instances than this, and never none."""

    min_capacity: Capacity = 1
    """The fewest instances."""

    max_capacity: Capacity
    """The most instances."""

    @field_validator("min_capacity")
    @classmethod
    def _never_zero(cls, value: int) -> int:
        if value < 1:
            raise refused("too small", allowed="1 or more", hint=NEVER_ZERO)
        return value


class TrackedScaling(BoundedScaling):
    """Base of those that hold a metric near a target."""

    scale_in_cooldown: Annotated[Duration, Within(scaling.SCALE_IN_COOLDOWN)] = timedelta(seconds=300)
    """After instances were taken away, no more are taken away for this long."""

    scale_out_cooldown: Annotated[Duration, Within(scaling.SCALE_OUT_COOLDOWN)] = timedelta(seconds=300)
    """After instances were added, no more are added for this long, unless the metric asks for even more."""

    disable_scale_in: bool | None = None
    """Only ever add instances. Default: false, but true for gpu-memory, which follows what is loaded."""

    @property
    def in_effect(self) -> Self:
        """The same scaling, that says whether instances are only ever added."""
        return self.model_copy(update={"disable_scale_in": self.never_scales_in})

    @property
    def never_scales_in(self) -> bool:
        """Whether instances are only ever added."""
        return self.disable_scale_in is True


class InvocationScaling(TrackedScaling):
    """Follows the requests of a minute. Without any request there is no value, and nothing is taken away."""

    track: Literal["invocations"] = "invocations"
    """Requests per minute."""

    target_per_instance: Target
    """How many requests per minute each instance should have."""


class ConcurrencyScaling(TrackedScaling):
    """Follows the requests in flight, every ten seconds: for answers that take seconds."""

    track: Literal["concurrency"] = "concurrency"
    """Requests in flight."""

    target_per_instance: Target
    """How many requests each instance should have in flight."""


class UtilizationScaling(TrackedScaling):
    """Follows how busy the hardware is.

    AWS publishes percentages summed over the cores or GPUs of an instance; here they are per core or GPU, and
    the number of those is put in for the instance type.
    """

    track: Literal["utilization"] = "utilization"
    """How busy the hardware is."""

    metric: Literal["cpu", "gpu", "gpu-memory"]
    """The hardware."""

    target_percent: Annotated[float, Field(gt=0, le=100)]
    """How busy it should be, on average over its cores or GPUs."""

    @property
    def never_scales_in(self) -> bool:
        """Whether instances are only ever added."""
        return self.metric == "gpu-memory" if self.disable_scale_in is None else self.disable_scale_in


class ScheduleScaling(BoundedScaling):
    """Follows the clock alone."""

    track: Literal["schedule"] = "schedule"
    """The clock."""

    schedule: Annotated[tuple[ScheduledCapacity, ...], AfterValidator(some), FROM_LIST]
    """Other bounds from certain times on."""


SCALINGS: Final = (InvocationScaling, ConcurrencyScaling, UtilizationScaling, ScheduleScaling)

AnyScaling = InvocationScaling | ConcurrencyScaling | UtilizationScaling | ScheduleScaling
"""Any of them, for annotations."""

RealtimeScaling = Annotated[AnyScaling, OneOf("track", SCALINGS)]
"""One of the ways to scale, told apart by `track`."""
