"""The asynchronous endpoint: requests wait in a queue, instances come and go with it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.spec.alarms import AsyncAlarms
from pilotlight.spec.base import Spec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.duration import Duration
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.notify import Notify
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaling import BacklogScaling
from pilotlight.spec.size import Size
from pilotlight.spec.tags import Tags
from pilotlight.spec.warm_up import CAN_SLEEP
from pilotlight.spec.within import Within

FALLS_ASLEEP: Final = "AWS refuses 0 at creation; the endpoint falls asleep by itself"


class AsyncSpec(Spec):
    """An asynchronous endpoint that sleeps at zero instances and wakes on the first request."""

    NOT_HERE = MappingProxyType({"warm_up": CAN_SLEEP})

    kind: Literal["async"] = "async"
    """Requests wait in a queue; answers appear in S3."""

    model: ModelSpec
    """What runs on the endpoint."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.m5.large."""

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

    model_data_download_timeout: Annotated[Duration, Within(limits.MODEL_DATA_DOWNLOAD_TIMEOUT)] | None = None
    """How long fetching the artefact may take. Default: SageMaker's own limit."""

    container_startup_health_check_timeout: (
        Annotated[Duration, Within(limits.STARTUP_HEALTH_CHECK_TIMEOUT)] | None
    ) = None
    """How long the container may take to answer its first ping. Default: eight minutes."""

    volume_size: Annotated[Size, Within(limits.VOLUME_SIZE_GB)] | None = None
    """The storage of each instance. Default: SageMaker chooses by the instance type."""

    tags: Tags = Field({})
    """Tags of what the endpoint consists of, beside those of the fleet."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of its one variant."""
        scaling = self.scaling
        return (
            Capacity(
                self.instance_type, self.initial_instance_count, scaling.min_capacity, scaling.max_capacity
            ),
        )

    @field_validator("instance_type")
    @classmethod
    def _fits_the_image(cls, value: str, info: ValidationInfo) -> str:
        if (model := info.data.get("model")) is not None:
            refuse_unfit(value, model)
        return value

    @field_validator("initial_instance_count")
    @classmethod
    def _not_above_max(cls, value: int, info: ValidationInfo) -> int:
        scaling = info.data.get("scaling")
        if scaling is not None and value > scaling.max_capacity:
            raise refused("more than scaling.max_capacity", allowed=f"1..{scaling.max_capacity}")
        return value
