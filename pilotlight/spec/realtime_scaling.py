"""How an endpoint that answers at once grows and shrinks. It never sleeps: nothing would wake it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import scaling
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.refusing import refused
from pilotlight.spec.scheduled_capacity import ScheduledCapacity
from pilotlight.spec.within import Within

NEVER_ZERO: Final = "an endpoint of models cannot go to zero unless it is async"
"""SageMaker Developer Guide, Scale an endpoint to zero instances."""

Capacity = Annotated[int, Within(scaling.MAX_CAPACITY)]
Target = Annotated[float, Field(gt=0), Within(scaling.TARGET_VALUE)]


def _from_list(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _some(value: tuple[ScheduledCapacity, ...]) -> tuple[ScheduledCapacity, ...]:
    if not value:
        raise refused("says nothing", got="nothing", allowed="one scheduled capacity or more")
    return value


class BoundedScaling(Spec):
    """Base of all of them: never fewer nor more instances than this."""

    min_capacity: Capacity = 1
    """The fewest instances."""

    max_capacity: Capacity
    """The most instances."""

    schedule: Annotated[tuple[ScheduledCapacity, ...], BeforeValidator(_from_list)] = ()
    """Other bounds from certain times on. Default: the same bounds at all times."""

    @field_validator("min_capacity")
    @classmethod
    def _never_zero(cls, value: int) -> int:
        if value < 1:
            raise refused("too small", allowed="1 or more", hint=NEVER_ZERO)
        return value

    @field_validator("max_capacity")
    @classmethod
    def _not_below_min(cls, value: int, info: ValidationInfo) -> int:
        lowest = info.data.get("min_capacity", 1)
        if value < lowest:
            raise refused("less than min_capacity", allowed=f"{lowest} or more")
        return value

    @field_validator("schedule")
    @classmethod
    def _few_enough(cls, value: Sequence[ScheduledCapacity]) -> Sequence[ScheduledCapacity]:
        if not scaling.SCHEDULED_ACTIONS.allows(len(value)):
            raise refused("too many", got=str(len(value)), allowed=str(scaling.SCHEDULED_ACTIONS))
        return value

    @property
    def lowest(self) -> int:
        """The fewest instances at any time."""
        return min((self.min_capacity, *(each.min_capacity for each in self.schedule)))

    @property
    def highest(self) -> int:
        """The most instances at any time."""
        return max((self.max_capacity, *(each.max_capacity for each in self.schedule)))


class TrackedScaling(BoundedScaling):
    """Base of those that hold a metric near a target."""

    scale_in_cooldown: Annotated[Duration, Within(scaling.SCALE_IN_COOLDOWN)] = timedelta(seconds=300)
    """After instances were taken away, no more are taken away for this long."""

    scale_out_cooldown: Annotated[Duration, Within(scaling.SCALE_OUT_COOLDOWN)] = timedelta(seconds=300)
    """After instances were added, no more are added for this long, unless the metric asks for even more."""

    disable_scale_in: bool | None = None
    """Only ever add instances. Default: false, but true for gpu-memory, which follows what is loaded."""

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

    schedule: Annotated[tuple[ScheduledCapacity, ...], AfterValidator(_some), BeforeValidator(_from_list)]
    """Other bounds from certain times on."""


SCALINGS: Final = (InvocationScaling, ConcurrencyScaling, UtilizationScaling, ScheduleScaling)

AnyScaling = InvocationScaling | ConcurrencyScaling | UtilizationScaling | ScheduleScaling
"""Any of them, for annotations."""

RealtimeScaling = Annotated[AnyScaling, OneOf("track", SCALINGS)]
"""One of the ways to scale, told apart by `track`."""
