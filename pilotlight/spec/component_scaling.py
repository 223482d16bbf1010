"""How many copies an inference component has; at zero, a request that finds none wakes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field

from pilotlight.catalog import scaling
from pilotlight.catalog.inference_components import WAKE_COOLDOWN_SECONDS
from pilotlight.spec.capacity_bounds import CapacityBounds, some
from pilotlight.spec.duration import Duration
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.scheduled_capacity import ScheduledCapacity
from pilotlight.spec.within import Within

Target = Annotated[float, Field(gt=0), Within(scaling.TARGET_VALUE)]


class ScheduledCopies(ScheduledCapacity):
    """From some moment on, a component has other bounds."""

    min_capacity: Annotated[int, Within(scaling.MIN_CAPACITY)]
    """The fewest copies from then on."""

    max_capacity: Annotated[int, Within(scaling.MAX_CAPACITY)]
    """The most copies from then on; with both at 0 it sleeps whoever asks."""


class CopyScaling(CapacityBounds):
    """Base of all of them: never fewer nor more copies than this."""

    min_capacity: Annotated[int, Within(scaling.MIN_CAPACITY)] = 1
    """The fewest copies; at 0 the component sleeps when nobody asks, and the first requests are refused."""

    max_capacity: Annotated[int, Field(ge=1), Within(scaling.MAX_CAPACITY)]
    """The most copies."""

    schedule: Annotated[tuple[ScheduledCopies, ...], FROM_LIST] = ()
    """Other bounds from certain times on. Default: the same bounds at all times."""

    wake_cooldown: Annotated[Duration, Within(scaling.STEP_COOLDOWN)] = timedelta(
        seconds=WAKE_COOLDOWN_SECONDS
    )
    """After waking, the component is not woken again for this long."""

    @property
    def in_effect(self) -> Self:
        """The same scaling; what never sleeps is never woken."""
        cooldown = type(self).model_fields["wake_cooldown"].default
        return self if self.lowest == 0 else self.model_copy(update={"wake_cooldown": cooldown})


class TrackedCopies(CopyScaling):
    """Base of those that hold a metric near a target."""

    target_per_copy: Target
    """How much of the metric each copy should have."""

    scale_in_cooldown: Annotated[Duration, Within(scaling.SCALE_IN_COOLDOWN)] = timedelta(seconds=300)
    """After copies were taken away, no more are taken away for this long."""

    scale_out_cooldown: Annotated[Duration, Within(scaling.SCALE_OUT_COOLDOWN)] = timedelta(seconds=300)
    """After copies were added, no more are added for this long, unless the metric asks for even more."""

    disable_scale_in: bool = False
    """Only ever add copies."""

    @property
    def never_scales_in(self) -> bool:
        """Whether copies are only ever added."""
        return self.disable_scale_in


class CopyInvocationScaling(TrackedCopies):
    """Follows the requests of a minute."""

    track: Literal["invocations"] = "invocations"
    """Requests per minute."""


class CopyConcurrencyScaling(TrackedCopies):
    """Follows the requests in flight, every ten seconds: for answers that take seconds."""

    track: Literal["concurrency"] = "concurrency"
    """Requests in flight."""


class CopyScheduleScaling(CopyScaling):
    """Follows the clock alone."""

    track: Literal["schedule"] = "schedule"
    """The clock."""

    schedule: Annotated[tuple[ScheduledCopies, ...], AfterValidator(some), FROM_LIST]
    """Other bounds from certain times on."""


COPY_SCALINGS: Final = (CopyInvocationScaling, CopyConcurrencyScaling, CopyScheduleScaling)

AnyCopyScaling = CopyInvocationScaling | CopyConcurrencyScaling | CopyScheduleScaling
"""Any of them, for annotations."""

ComponentScaling = Annotated[AnyCopyScaling, OneOf("track", COPY_SCALINGS)]
"""One of the ways to scale, told apart by `track`."""
