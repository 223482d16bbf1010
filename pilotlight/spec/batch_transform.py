"""The batch transform: a job that starts, answers everything below a prefix of S3, and is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator

from pilotlight.catalog import batch_transform as facts
from pilotlight.catalog.hosting_options import not_here
from pilotlight.catalog.instance_types import processor_of
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.duration import Duration
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.instance_type import InstanceTypeName
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.placed_model import PlacedModel
from pilotlight.spec.refusing import refused
from pilotlight.spec.transform_alarms import TransformAlarms, TransformNotify
from pilotlight.spec.transform_data import DataProcessing, TransformInput, TransformOutput
from pilotlight.spec.transform_environment import TransformEnvironment
from pilotlight.spec.transform_retries import TransformRetries
from pilotlight.spec.transform_rules import (
    refuse_prefix_source,
    refuse_too_much_in_flight,
    refuse_unprocessable,
    refuse_unsplit,
)
from pilotlight.spec.transform_schedule import TransformSchedule
from pilotlight.spec.within import Within


class BatchTransformSpec(PlacedModel, HostedEndpoint):
    """A job that answers every object below a prefix of S3; between jobs nothing runs, or costs anything."""

    NOT_HERE = not_here("batch-transform")

    kind: Literal["batch-transform"] = "batch-transform"
    """A job reads its input from S3 and writes its answers there."""

    model: ModelSpec
    """What answers. Its artefact is one archive: a job cannot read a model below a prefix."""

    instance_type: InstanceTypeName
    """What it runs on, as ml.m5.large; jobs run on fewer types than endpoints."""

    instance_count: Annotated[int, Within(facts.INSTANCE_COUNT)] = 1
    """How many instances share the objects of a job."""

    input: TransformInput = TransformInput()
    """What a job reads."""

    output: TransformOutput = TransformOutput()
    """What a job writes."""

    data_processing: DataProcessing = DataProcessing()
    """What of a record the model sees, and what of it is written beside the answer."""

    batch_strategy: Literal["MultiRecord", "SingleRecord"] | None = None
    """How many records a request holds: as many as fit, or one. Default: the container says, or else many."""

    max_payload_in_mb: Annotated[int, Within(facts.MAX_PAYLOAD_MB)] | None = None
    """The largest request in MB; 0 streams objects of any size to containers that can take it.

    Default: the container says, or else 6.
    """

    max_concurrent_transforms: Annotated[int, Within(facts.MAX_CONCURRENT_TRANSFORMS)] | None = None
    """How many requests an instance works on at once. Default: the container says, or else 1."""

    invocations_timeout: Annotated[Duration, Within(facts.INVOCATION_TIMEOUT)] | None = None
    """How long an answer may take. Default: ten minutes."""

    invocations_max_retries: Annotated[int, Within(facts.INVOCATION_RETRIES)] | None = None
    """How often a request is repeated within a job before the job fails. Default: 3."""

    environment: TransformEnvironment = Field({})
    """Environment variables of the container beside those of the model."""

    ami_version: str | None = None
    """The machine image of instances with GPUs, which fixes their driver. Default: SageMaker chooses."""

    timeout: Annotated[Duration, Within(facts.TASK_TIMEOUT)] = timedelta(days=1)
    """How long a job may take before it is stopped, which fails the execution."""

    retries: TransformRetries = TransformRetries()
    """How often a job is started again."""

    schedule: TransformSchedule | None = None
    """When it starts by itself. Default: only when somebody starts it."""

    notify: TransformNotify = TransformNotify()
    """Who is told how it ended."""

    alarms: TransformAlarms = TransformAlarms()
    """When it calls for help."""

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """None at rest; those of one job while it runs."""
        return (Capacity(self.instance_type, 0, 0, self.instance_count),)

    @property
    def in_effect(self) -> Self:
        """Without an alarm on dead letters of a schedule that there is not."""
        if self.schedule is not None:
            return self
        return self.model_copy(update={"alarms": self.alarms.model_copy(update={"dead_letters": None})})

    @property
    def hosted(self) -> tuple[Hosted, ...]:
        """Its one model."""
        return (Hosted(("model",), self.model, self.instance_type),)

    @field_validator("model")
    @classmethod
    def _one_archive(cls, value: ModelSpec) -> ModelSpec:
        refuse_prefix_source(value)
        return value

    @field_validator("instance_type")
    @classmethod
    def _runs_jobs(cls, value: str) -> str:
        if value not in facts.INSTANCE_TYPES:
            allowed = f"one of the {len(facts.INSTANCE_TYPES)} types that do, as ml.m5.large"
            raise refused(
                "runs no transform jobs", allowed=allowed, hint=did_you_mean(value, facts.INSTANCE_TYPES)
            )
        return value

    @field_validator("data_processing")
    @classmethod
    def _of_records(cls, value: DataProcessing, info: ValidationInfo) -> DataProcessing:
        if info.data.keys() >= {"input", "output"}:
            refuse_unprocessable(info.data["input"], info.data["output"], value)
        return value

    @field_validator("batch_strategy")
    @classmethod
    def _of_split_objects(cls, value: str | None, info: ValidationInfo) -> str | None:
        if "input" in info.data:
            refuse_unsplit(info.data["input"].split_type, value)
        return value

    @field_validator("max_concurrent_transforms")
    @classmethod
    def _not_too_much_at_once(cls, value: int | None, info: ValidationInfo) -> int | None:
        if "max_payload_in_mb" in info.data:
            refuse_too_much_in_flight(value, info.data["max_payload_in_mb"])
        return value

    @field_validator("ami_version")
    @classmethod
    def _of_gpus(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None or "instance_type" not in info.data:
            return value
        if value not in facts.GPU_AMI_VERSIONS:
            raise refused("unknown machine image", allowed=" or ".join(facts.GPU_AMI_VERSIONS))
        if processor_of(info.data["instance_type"]) != "gpu":
            raise refused("a machine image for GPUs", allowed="nothing, or an instance type with GPUs")
        return value
