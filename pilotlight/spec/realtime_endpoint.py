"""The real-time endpoint: every request is answered at once, on instances that stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import limits, naming, routing
from pilotlight.spec.base import Spec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.data_capture import DataCapture
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.duration import Duration
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.realtime_alarms import RealtimeAlarms
from pilotlight.spec.realtime_scaling import AnyScaling, RealtimeScaling, UtilizationScaling
from pilotlight.spec.refusing import refused
from pilotlight.spec.routing import RoutingStrategy, refuse_unfit_prefix
from pilotlight.spec.size import Size
from pilotlight.spec.tags import Tags
from pilotlight.spec.tracked_hardware import refuse_unknown_hardware
from pilotlight.spec.variant import VariantName, VariantSpec, Weight, refuse_out_of_bounds
from pilotlight.spec.warm_up import WarmUpSpec, refuse_without_sample
from pilotlight.spec.within import Within


class RealtimeSpec(Spec):
    """An endpoint that answers its callers at once. It never has zero instances."""

    kind: Literal["realtime"] = "realtime"
    """Callers wait for the answer."""

    model: ModelSpec
    """What runs on the endpoint."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.m5.large."""

    scaling: RealtimeScaling | None = None
    """How many instances there are. Default: as many as at first."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT)] = 1
    """How many instances the endpoint starts with."""

    routing_strategy: RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS"
    """Which instance takes a request. RANDOM is better only for answers within milliseconds."""

    prefix_length: Annotated[int, Within(routing.PREFIX_LENGTH)] | None = Field(None, validate_default=True)
    """With PREFIX_AWARE: how many bytes of the request count as its prefix."""

    concurrency_threshold: Annotated[int, Within(routing.CONCURRENCY_THRESHOLD)] | None = Field(
        None, validate_default=True
    )
    """With PREFIX_AWARE: with this many requests in flight, an instance gets no more for its prefixes."""

    weight: Weight = 1
    """The share of the requests for the model above, beside the weights of `variants`."""

    variants: dict[VariantName, VariantSpec] = Field({})
    """Further models that take a share of the requests, by name. Default: none."""

    data_capture: DataCapture | None = None
    """Keeps some of the requests and answers. Default: keeps none."""

    warm_up: Annotated[WarmUpSpec, AfterValidator(refuse_without_sample)] | None = None
    """Asks the model from time to time, so that it does not grow cold. Default: only callers ask it."""

    alarms: RealtimeAlarms = RealtimeAlarms()
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
        """The instances of each variant, the endpoint's own first."""
        named = naming.VARIANT_NAME if self.variants else None
        return (_capacity(self, named), *(_capacity(each, name) for name, each in self.variants.items()))

    @field_validator("instance_type")
    @classmethod
    def _fits_the_image(cls, value: str, info: ValidationInfo) -> str:
        if (model := info.data.get("model")) is not None:
            refuse_unfit(value, model)
        return value

    @field_validator("scaling")
    @classmethod
    def _of_known_hardware(cls, value: AnyScaling | None, info: ValidationInfo) -> AnyScaling | None:
        if isinstance(value, UtilizationScaling) and "instance_type" in info.data:
            refuse_unknown_hardware(value, info.data["instance_type"])
        return value

    @field_validator("initial_instance_count")
    @classmethod
    def _inside_the_bounds(cls, value: int, info: ValidationInfo) -> int:
        refuse_out_of_bounds(value, info.data.get("scaling"))
        return value

    @field_validator("prefix_length", "concurrency_threshold")
    @classmethod
    def _with_prefix_aware(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.field_name is not None and "routing_strategy" in info.data:
            refuse_unfit_prefix(info.field_name, value, info.data["routing_strategy"])
        return value

    @field_validator("variants")
    @classmethod
    def _not_too_many(cls, value: dict[str, VariantSpec], info: ValidationInfo) -> dict[str, VariantSpec]:
        if not limits.PRODUCTION_VARIANTS.allows(len(value) + 1):
            got = f"{len(value)} beside the endpoint's own"
            raise refused("too many variants", got=got, allowed=str(limits.PRODUCTION_VARIANTS))
        if "weight" in info.data and not any(_weights(info.data["weight"], value)):
            raise refused(
                "no variant takes requests",
                got="weights of 0",
                allowed="one weight above 0",
                at=("..", "weight"),
            )
        return value


def _weights(own: float, variants: dict[str, VariantSpec]) -> Iterator[float]:
    yield own
    yield from (each.weight for each in variants.values())


def _capacity(variant: RealtimeSpec | VariantSpec, name: str | None) -> Capacity:
    count, scaling = variant.initial_instance_count, variant.scaling
    lowest, highest = (count, count) if scaling is None else (scaling.lowest, scaling.highest)
    return Capacity(variant.instance_type, count, lowest, highest, name)
