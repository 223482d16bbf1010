"""The multi-model endpoint: many models share the same instances, each is loaded when somebody asks it."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog.hosting_options import not_here, why_not
from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.multi_model import GPU_TYPES
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.deployment import Deployment
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.instance_type import InstanceTypeName
from pilotlight.spec.memory import Memory
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.multi_model_alarms import MultiModelAlarms
from pilotlight.spec.observed import Observed
from pilotlight.spec.realtime_scaling import TrackedScaling
from pilotlight.spec.refusing import refused
from pilotlight.spec.scaled_variant import ScaledVariant
from pilotlight.spec.warm_up import NOTHING_STAYS, WarmUpSpec
from pilotlight.spec.warm_up_in_effect import warm_up_in_effect

NO_FILES: Final = why_not("multi-model", "model.source")
ONE_GPU: Final = "SageMaker hosts many models on types with one GPU only, and on any type without"


class MultiModelSpec(Observed, ScaledVariant, HostedEndpoint):
    """An endpoint of many models. A request names its model, as `TargetModel`.

    Whoever publishes an artefact below the endpoint's prefix in S3 adds a model; nothing is deployed for it.
    """

    NOT_HERE = not_here("multi-model")

    kind: Literal["multi-model"] = "multi-model"
    """Many models share the instances."""

    model: ModelSpec
    """The container that serves the models, as Triton; without a source, as the models are published."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.g4dn.xlarge: any type without GPU, or one with a single GPU."""

    gpu_memory_percent: Annotated[float, Field(gt=0, le=100)] | None = None
    """Also adds an instance when models fill the GPU memory this far. Default: does not look at it.

    Then no instance is taken away, unless scaling says `disable_scale_in: false`: what is loaded follows from
    what was asked once, not from load."""

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

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The instances of its one variant."""
        return (self.capacity(),)

    @property
    def in_effect(self) -> Self:
        """The same endpoint, with what its scaling and its warm-up come to."""
        scaling = None if self.scaling is None else self.scaling.in_effect
        if isinstance(scaling, TrackedScaling) and self.never_scales_in:
            scaling = scaling.model_copy(update={"disable_scale_in": True})
        changed = {
            "alarms": self.alarms.in_effect,
            "scaling": scaling,
            "warm_up": warm_up_in_effect(self.warm_up, self),
        }
        return self.model_copy(update=changed)

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """Its one model."""
        return (Hosted(("model",), self.model, self.instance_type),)

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
        allowed = "nothing: models are published below the endpoint's prefix"
        for key in ("source", "jumpstart", "model_package"):
            if (given := getattr(value, key)) is not None:
                raise refused(NO_FILES, got=given, allowed=allowed, at=(key,))
        return value

    @field_validator("instance_type")
    @classmethod
    def _hosts_many_models(cls, value: str) -> str:
        if processor_of(value) not in {"cpu", "arm64"} and value not in GPU_TYPES:
            allowed = f"a type without GPU, or one of {', '.join(sorted(GPU_TYPES))}"
            raise refused("cannot host many models", allowed=allowed, hint=ONE_GPU)
        return value

    @field_validator("warm_up")
    @classmethod
    def _of_models_that_stay(cls, value: WarmUpSpec | None, info: ValidationInfo) -> WarmUpSpec | None:
        if value is not None and info.data.get("model_cache_setting") == "Disabled":
            raise refused(
                NOTHING_STAYS, got="model_cache_setting: Disabled", allowed="Enabled, or no warm_up"
            )
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
