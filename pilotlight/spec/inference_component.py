"""An inference component: a model that shares the instances of an endpoint with others."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import inference_components as catalog
from pilotlight.catalog import limits
from pilotlight.spec.adapter import AdapterSpec
from pilotlight.spec.base import Spec
from pilotlight.spec.component_container import refuse_unfit_container
from pilotlight.spec.component_deployment import ComponentDeployment
from pilotlight.spec.component_name import ComponentName
from pilotlight.spec.component_scaling import AnyCopyScaling, ComponentScaling
from pilotlight.spec.duration import Duration
from pilotlight.spec.memory import Memory, format_memory
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refused
from pilotlight.spec.within import Within

FALLS_ASLEEP = "AWS refuses 0 at creation; scaling takes it there"


class InferenceComponentSpec(Spec):
    """Copies of one model, each with its share of an instance."""

    model: ModelSpec
    """What runs in each copy."""

    deployed_as: Literal["model", "container"] = "model"
    """Whether it is a SageMaker model of its own, or the component holds image, tarball and variables."""

    cores: Annotated[float, Field(ge=catalog.MINIMUM_CORES)] | None = None
    """The CPU cores that each copy reserves. Default: SageMaker chooses."""

    accelerators: Annotated[int, Within(catalog.ACCELERATORS)] | None = None
    """The GPUs, or AWS's own accelerators, that each copy has for itself. Default: none."""

    memory: Annotated[Memory, Within(catalog.MEMORY_MIB)] = Field(
        catalog.DEFAULT_MEMORY_MIB,
        validate_default=False,  # a file would have to write it with its unit
        json_schema_extra={"default": format_memory(catalog.DEFAULT_MEMORY_MIB)},
    )
    """The main memory that each copy reserves; it may use more. Default: 1GiB, which fits on every type."""

    max_memory: Annotated[Memory, Within(catalog.MEMORY_MIB)] | None = None
    """The most main memory that each copy may have. Default: as much as there is."""

    copies: Annotated[int, Within(catalog.COPIES, FALLS_ASLEEP)] = 1
    """How many copies there are at first."""

    placement_strategy: Literal["SPREAD", "BINPACK"] | None = None
    """Spread copies over the instances, or pack them onto few. Default: SageMaker chooses."""

    max_imbalance: Annotated[int, Within(catalog.MAX_IMBALANCE)] | None = None
    """With a placement_strategy: how far the copies in two Availability Zones may differ in number, if room
    allows. Default: not at all."""

    data_cache: bool | None = None
    """Keep image and files on the instances: further copies start sooner. Default: SageMaker chooses."""

    model_data_download_timeout: Annotated[Duration, Within(limits.MODEL_DATA_DOWNLOAD_TIMEOUT)] | None = None
    """How long fetching the artefact may take. Default: SageMaker's own limit."""

    container_startup_health_check_timeout: (
        Annotated[Duration, Within(limits.STARTUP_HEALTH_CHECK_TIMEOUT)] | None
    ) = None
    """How long the container may take to answer its first ping. Default: eight minutes."""

    scaling: ComponentScaling | None = None
    """How many copies there are. Default: as many as at first."""

    deployment: ComponentDeployment | None = None
    """How an update replaces the copies. Default: as SageMaker does."""

    adapters: dict[ComponentName, AdapterSpec] = Field({})
    """Adapters that its copies load, by name; callers ask for them as for components. Default: none."""

    @property
    def sleeps(self) -> bool:
        """Whether there may be no copy."""
        return self.scaling is not None and self.scaling.lowest == 0

    @property
    def in_effect(self) -> Self:
        """The same component, with what its scaling comes to."""
        return self if self.scaling is None else self.model_copy(update={"scaling": self.scaling.in_effect})

    @field_validator("deployed_as")
    @classmethod
    def _can_be_held(cls, value: str, info: ValidationInfo) -> str:
        if value == "container" and "model" in info.data:
            refuse_unfit_container(info.data["model"], at=("..", "model"))
        return value

    @field_validator("max_memory")
    @classmethod
    def _not_below_memory(cls, value: int | None, info: ValidationInfo) -> int | None:
        least = info.data.get("memory", 0)
        if value is not None and value < least:
            raise refused("less than memory", allowed=f"{least}MiB or more")
        return value

    @field_validator("max_imbalance")
    @classmethod
    def _of_a_strategy(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and info.data.get("placement_strategy", "SPREAD") is None:
            allowed = "nothing, or placement_strategy beside it"
            raise refused("the imbalance of no strategy", allowed=allowed)
        return value

    @field_validator("scaling")
    @classmethod
    def _around_the_copies(cls, value: AnyCopyScaling | None, info: ValidationInfo) -> AnyCopyScaling | None:
        if value is not None and "copies" in info.data:
            _refuse_outside(info.data["copies"], value)
        return value


def _refuse_outside(copies: int, scaling: AnyCopyScaling) -> None:
    least = max(1, scaling.min_capacity)
    if not least <= copies <= scaling.max_capacity:
        allowed = f"{least}..{scaling.max_capacity}"
        what = "outside of the capacities of scaling"
        raise refused(what, got=str(copies), allowed=allowed, at=("..", "copies"))
