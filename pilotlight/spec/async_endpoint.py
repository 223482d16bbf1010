"""The asynchronous endpoint: requests wait in a queue, instances come and go with it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.catalog.hosting_options import not_here
from pilotlight.spec.alarms import AsyncAlarms
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.instance_pool import PooledInstances
from pilotlight.spec.notify import Notify
from pilotlight.spec.observed import Observed
from pilotlight.spec.on_instances import OnInstances
from pilotlight.spec.own_files import OwnFiles
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaling import BacklogScaling
from pilotlight.spec.within import Within

FALLS_ASLEEP: Final = "AWS refuses 0 at creation; the endpoint falls asleep by itself"


class AsyncSpec(Observed, PooledInstances, OwnFiles, OnInstances, HostedEndpoint):
    """An asynchronous endpoint that sleeps at zero instances and wakes on the first request."""

    NOT_HERE = not_here("async")

    kind: Literal["async"] = "async"
    """Requests wait in a queue; answers appear in S3."""

    scaling: BacklogScaling = BacklogScaling()
    """How many instances there are."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT, FALLS_ASLEEP)] = 1
    """How many instances the endpoint starts with, before it first falls asleep."""

    max_concurrent_invocations_per_instance: (
        Annotated[int, Within(limits.ASYNC_MAX_CONCURRENT_INVOCATIONS)] | None
    ) = None
    """How many requests an instance works on at once. Default: SageMaker chooses."""

    notify: Notify = Notify()
    """What happens when a request ends."""

    alarms: AsyncAlarms = AsyncAlarms()
    """When the endpoint calls for help."""

    deployment: Deployment | None = None
    """How an update replaces the instances. Default: all at once, as SageMaker does."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of its one variant."""
        scaling = self.scaling
        return (
            Capacity(
                self.instance_type,
                self.initial_instance_count,
                scaling.min_capacity,
                scaling.max_capacity,
                others=self.instance_types[1:],
            ),
        )

    @property
    def in_effect(self) -> Self:
        """Without terms of waking where it never sleeps, and of rows and dead letters without a table."""
        changed: dict[str, Any] = {}
        if self.scaling.min_capacity > 0:
            wakes = BacklogScaling.model_fields["wake_cooldown"].default
            changed["scaling"] = self.scaling.model_copy(update={"wake_cooldown": wakes})
        if not self.notify.status_table:
            kept = Notify.model_fields["retention"].default
            changed["notify"] = self.notify.model_copy(update={"retention": kept})
            changed["alarms"] = self.alarms.model_copy(update={"dead_letters": None})
        return self.model_copy(update=changed)

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """Its one model, and those of pools that have their own."""
        return (Hosted(("model",), self.model, self.instance_type), *self.pooled_models())

    @field_validator("initial_instance_count")
    @classmethod
    def _not_above_max(cls, value: int, info: ValidationInfo) -> int:
        scaling = info.data.get("scaling")
        if scaling is not None and value > scaling.max_capacity:
            raise refused("more than scaling.max_capacity", allowed=f"1..{scaling.max_capacity}")
        return value
