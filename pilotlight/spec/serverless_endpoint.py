"""The serverless endpoint: no instances; SageMaker runs the container while there are requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from pilotlight.catalog import serverless
from pilotlight.catalog.hosting_options import not_here
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.deployment import Deployment, RollingDeployment
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.memory import Memory, format_memory
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refuse_all, refused
from pilotlight.spec.request_capacity import RequestCapacity
from pilotlight.spec.serverless_alarms import ServerlessAlarms
from pilotlight.spec.serverless_model import ServerlessModelSpec, of_serverless, refuse_on_serverless
from pilotlight.spec.serverless_scaling import AnyServerlessScaling, ServerlessScaling
from pilotlight.spec.within import Within

NO_ROLLING: Final = "SageMaker does not roll serverless endpoints, which have no instances to replace"


def _one_of_the_sizes(value: int) -> int:
    if not serverless.MEMORY.allows(value) or value % serverless.MEMORY_STEP:
        ends = (serverless.MEMORY.minimum, serverless.MEMORY.maximum)
        least, most = (format_memory(end) for end in ends if end is not None)
        allowed = f"{least}..{most} in steps of {format_memory(serverless.MEMORY_STEP)}"
        raise refused("not a memory size of SageMaker", got=format_memory(value), allowed=allowed)
    return value


class ServerlessSpec(HostedEndpoint):
    """An endpoint that is billed while it works on requests, and for what it keeps ready."""

    NOT_HERE = not_here("serverless")

    kind: Literal["serverless"] = "serverless"
    """SageMaker runs the container while there are requests."""

    model: Annotated[ServerlessModelSpec, BeforeValidator(of_serverless)]
    """What runs on the endpoint."""

    memory_size: Annotated[Memory, AfterValidator(_one_of_the_sizes)] = Field(
        2048,
        validate_default=False,  # a file would have to write it with its unit
        json_schema_extra={"default": format_memory(2048)},
    )
    """What the container has; more memory comes with more CPU. At least the size of the model."""

    max_concurrency: Annotated[int, Within(serverless.MAX_CONCURRENCY)] = 5
    """How many requests are worked on at once; more are refused."""

    provisioned_concurrency: Annotated[int, Within(serverless.PROVISIONED_CONCURRENCY)] | None = None
    """For so many requests at once there is no cold start; billed as long as it is set. Default: none."""

    scaling: ServerlessScaling | None = None
    """How the provisioned concurrency follows the load. Default: it stays."""

    alarms: ServerlessAlarms = ServerlessAlarms()
    """When the endpoint calls for help."""

    deployment: Deployment | None = None
    """How an update takes over. Default: all at once, as SageMaker does."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """None: nothing is billed by the instance."""
        return ()

    @property
    def request_capacities(self) -> tuple[RequestCapacity, ...]:
        """What runs on demand, and what is kept ready."""
        on_demand = RequestCapacity(
            self.memory_size, 0, 0, self.max_concurrency, provisioned=False, path=("max_concurrency",)
        )
        kept, scaling = self.provisioned_concurrency, self.scaling
        if kept is None:
            return (on_demand,)
        least, most = (kept, kept) if scaling is None else (scaling.lowest, scaling.highest)
        path: Path = ("provisioned_concurrency",) if scaling is None else ("scaling", "max_capacity")
        return (on_demand, RequestCapacity(self.memory_size, kept, least, most, provisioned=True, path=path))

    @property
    def in_effect(self) -> Self:
        """The same endpoint, with what its alarms and its scaling come to."""
        scaling = None if self.scaling is None else self.scaling.in_effect
        return self.model_copy(update={"alarms": self.alarms.in_effect, "scaling": scaling})

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """Its one model."""
        return (Hosted(("model",), self.model, None),)

    @field_validator("model")
    @classmethod
    def _can_run_without_instances(cls, value: ModelSpec) -> ModelSpec:
        refuse_on_serverless(value)
        return value

    @field_validator("provisioned_concurrency")
    @classmethod
    def _not_above_max(cls, value: int | None, info: ValidationInfo) -> int | None:
        most = info.data.get("max_concurrency")
        if value is not None and most is not None and value > most:
            raise refused("more than max_concurrency", allowed=f"1..{most}")
        return value

    @field_validator("scaling")
    @classmethod
    def _of_what_is_provisioned(
        cls, value: AnyServerlessScaling | None, info: ValidationInfo
    ) -> AnyServerlessScaling | None:
        if value is not None and info.data.keys() >= {"max_concurrency", "provisioned_concurrency"}:
            most, provisioned = info.data["max_concurrency"], info.data["provisioned_concurrency"]
            refuse_all(cls.__name__, value, (*_beyond(value, most), *_outside(value, provisioned)))
        return value

    @field_validator("deployment")
    @classmethod
    def _not_rolling(cls, value: Deployment | None) -> Deployment | None:
        if isinstance(value, RollingDeployment):
            raise refused(NO_ROLLING, got="rolling", allowed="canary, linear or all-at-once", at=("policy",))
        return value


def _beyond(scaling: AnyServerlessScaling, most: int) -> Iterator[PydanticCustomError]:
    """Give the capacities that scaling could never reach."""
    capacities: dict[Path, int] = {("max_capacity",): scaling.max_capacity}
    for number, each in enumerate(scaling.schedule):
        capacities["schedule", number, "max_capacity"] = each.max_capacity
    for at, capacity in capacities.items():
        if capacity > most:
            yield refused("more than max_concurrency", got=str(capacity), allowed=f"1..{most}", at=at)


def _outside(scaling: AnyServerlessScaling, provisioned: int | None) -> Iterator[PydanticCustomError]:
    """Say what is wrong with the provisioned concurrency that scaling would begin with."""
    at = ("..", "provisioned_concurrency")
    if provisioned is None:
        what, allowed = "required key is missing", "what there is at first, beside scaling"
        yield refused(what, got="nothing", allowed=allowed, at=at)
    elif not scaling.min_capacity <= provisioned <= scaling.max_capacity:
        allowed = f"{scaling.min_capacity}..{scaling.max_capacity}"
        yield refused("outside of the capacities of scaling", got=str(provisioned), allowed=allowed, at=at)
