"""The multi-model endpoint: many models share the same instances, each is loaded when somebody asks it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.multi_model import GPU_TYPES
from pilotlight.spec.base import Spec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.duration import Duration
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.memory import Memory
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.multi_model_alarms import MultiModelAlarms
from pilotlight.spec.realtime_scaling import AnyScaling, RealtimeScaling, UtilizationScaling
from pilotlight.spec.refusing import refused
from pilotlight.spec.size import Size
from pilotlight.spec.tags import Tags
from pilotlight.spec.tracked_hardware import refuse_unknown_hardware
from pilotlight.spec.variant import refuse_out_of_bounds
from pilotlight.spec.warm_up import WarmUpSpec
from pilotlight.spec.within import Within

ONE_GPU: Final = "SageMaker hosts many models on types with one GPU only, and on any type without"


class MultiModelSpec(Spec):
    """An endpoint of many models. A request names its model, as `TargetModel`.

    Whoever publishes an artefact below the endpoint's prefix in S3 adds a model; nothing is deployed for it.
    """

    kind: Literal["multi-model"] = "multi-model"
    """Many models share the instances."""

    model: ModelSpec
    """The container that serves the models, as Triton; without a source, as the models are published."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.g4dn.xlarge: any type without GPU, or one with a single GPU."""

    scaling: RealtimeScaling | None = None
    """How many instances there are. Default: as many as at first."""

    gpu_memory_percent: Annotated[float, Field(gt=0, le=100)] | None = None
    """Also adds an instance when models fill the GPU memory this far. Default: does not look at it.

    Then no instance is taken away, unless scaling says `disable_scale_in: false`: what is loaded follows from
    what was asked once, not from load."""

    initial_instance_count: Annotated[int, Within(limits.INITIAL_INSTANCE_COUNT)] = 1
    """How many instances the endpoint starts with."""

    model_cache_setting: Literal["Enabled", "Disabled"] = "Enabled"
    """Keeps a model after its answer. Disabled suits endpoints whose models are asked once in a while."""

    model_memory: Memory | None = None
    """What a loaded model takes of an instance's memory, unless its artefact says. Default: the size of that.

    SageMaker does not ask for it, the embedded AWS does."""

    warm_up: WarmUpSpec | None = None
    """Asks the models from time to time, so that they stay loaded. Default: only callers ask them."""

    alarms: MultiModelAlarms = MultiModelAlarms()
    """When the endpoint calls for help."""

    deployment: Deployment | None = None
    """How an update replaces the instances. Default: all at once, as SageMaker does."""

    container_startup_health_check_timeout: (
        Annotated[Duration, Within(limits.STARTUP_HEALTH_CHECK_TIMEOUT)] | None
    ) = None
    """How long the container may take to answer its first ping. Default: eight minutes."""

    volume_size: Annotated[Size, Within(limits.VOLUME_SIZE_GB)] | None = None
    """The storage of each instance, for the models that were fetched. Default: SageMaker chooses."""

    tags: Tags = Field({})
    """Tags of what the endpoint consists of, beside those of the fleet."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of its one variant."""
        count, scaling = self.initial_instance_count, self.scaling
        lowest, highest = (count, count) if scaling is None else (scaling.lowest, scaling.highest)
        return (Capacity(self.instance_type, count, lowest, highest),)

    @property
    def never_scales_in(self) -> bool:
        """Whether instances are only ever added, because GPU memory is looked at.

        Otherwise the request policy would take an instance away, the memory of those that stay would be as
        full as before, and the memory policy would add it again, and so on.
        """
        asked_for = getattr(self.scaling, "disable_scale_in", None) is False
        return self.gpu_memory_percent is not None and not asked_for

    @field_validator("model")
    @classmethod
    def _has_no_files_of_its_own(cls, value: ModelSpec) -> ModelSpec:
        what = "a container of many models has none of its own"
        allowed = "nothing: models are published below the endpoint's prefix"
        for key in ("source", "jumpstart"):
            if (given := getattr(value, key)) is not None:
                raise refused(what, got=given, allowed=allowed, at=(key,))
        return value

    @field_validator("instance_type")
    @classmethod
    def _hosts_many_models(cls, value: str, info: ValidationInfo) -> str:
        if (model := info.data.get("model")) is not None:
            refuse_unfit(value, model)
        if processor_of(value) not in {"cpu", "arm64"} and value not in GPU_TYPES:
            allowed = f"a type without GPU, or one of {', '.join(sorted(GPU_TYPES))}"
            raise refused("cannot host many models", allowed=allowed, hint=ONE_GPU)
        return value

    @field_validator("scaling")
    @classmethod
    def _of_known_hardware(cls, value: AnyScaling | None, info: ValidationInfo) -> AnyScaling | None:
        if isinstance(value, UtilizationScaling) and "instance_type" in info.data:
            refuse_unknown_hardware(value, info.data["instance_type"])
        return value

    @field_validator("gpu_memory_percent")
    @classmethod
    def _of_a_gpu_that_scales(cls, value: float | None, info: ValidationInfo) -> float | None:
        if value is None:
            return value
        if "scaling" in info.data and info.data["scaling"] is None:
            raise refused("no bounds to scale within", allowed="scaling beside it")
        if "instance_type" in info.data and processor_of(info.data["instance_type"]) != "gpu":
            raise refused("no GPU to look at", allowed="an instance type with a GPU")
        return value

    @field_validator("initial_instance_count")
    @classmethod
    def _inside_the_bounds(cls, value: int, info: ValidationInfo) -> int:
        refuse_out_of_bounds(value, info.data.get("scaling"))
        return value
