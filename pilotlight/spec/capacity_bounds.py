"""The fewest and the most of something that scales, and how the clock moves both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import scaling
from pilotlight.spec.base import Spec
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.refusing import refused
from pilotlight.spec.scheduled_capacity import ScheduledCapacity
from pilotlight.spec.within import Within


def some(value: tuple[ScheduledCapacity, ...]) -> tuple[ScheduledCapacity, ...]:
    """Raise when a schedule says nothing."""
    if not value:
        raise refused("says nothing", got="nothing", allowed="one scheduled capacity or more")
    return value


class CapacityBounds(Spec):
    """Base of all scaling of what answers at once: never fewer nor more than this."""

    min_capacity: Annotated[int, Within(scaling.MIN_CAPACITY)] = 1
    """The fewest."""

    max_capacity: Annotated[int, Field(ge=1), Within(scaling.MAX_CAPACITY)]
    """The most."""

    schedule: Annotated[tuple[ScheduledCapacity, ...], FROM_LIST] = ()
    """Other bounds from certain times on. Default: the same bounds at all times."""

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
    def in_effect(self) -> Self:
        """The same scaling with its defaults filled in."""
        return self

    @property
    def lowest(self) -> int:
        """The fewest at any time."""
        return min((self.min_capacity, *(each.min_capacity for each in self.schedule)))

    @property
    def highest(self) -> int:
        """The most at any time."""
        return max((self.max_capacity, *(each.max_capacity for each in self.schedule)))
