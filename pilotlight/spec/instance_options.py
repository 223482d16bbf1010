"""What may be said about the instances of a production variant, whatever they host."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.inference_ami import InferenceAmiVersion, refuse_unfit_ami
from pilotlight.spec.refusing import refused
from pilotlight.spec.size import Size
from pilotlight.spec.within import Within

RESERVATION_PATTERN: Final = r"arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:[a-z0-9-]{1,14}/.*"
"""What AWS takes as the ARN of a reservation (botocore 1.44.5, MlReservationArn)."""


def _reservation(value: str) -> str:
    if re.fullmatch(RESERVATION_PATTERN, value) is None or not limits.RESERVATION_ARN.allows(len(value)):
        raise refused("not the ARN of a reservation", allowed="arn:aws:sagemaker:<region>:<account>:…/…")
    return value


class InstanceOptions(Spec):
    """Options of instances. List it before the class that has `instance_type`, which then comes first."""

    volume_size: Annotated[Size, Within(limits.VOLUME_SIZE_GB)] | None = None
    """The storage of each instance. Default: SageMaker chooses by the instance type."""

    inference_ami_version: InferenceAmiVersion | None = None
    """The machine image of the instances, which has the driver of their GPUs. Default: SageMaker chooses."""

    capacity_reservation_arn: (
        Annotated[
            str,
            AfterValidator(_reservation),
            Field(json_schema_extra={"pattern": f"^{RESERVATION_PATTERN}$"}),
        ]
        | None
    ) = None
    """Start instances in this ML capacity reservation only; when it is full they fail to start. Default: they
    start wherever there is capacity."""

    variant_instance_provision_timeout: (
        Annotated[Duration, Within(limits.INSTANCE_PROVISION_TIMEOUT)] | None
    ) = None
    """How long SageMaker looks for capacity before it gives up. Default: SageMaker's own limit."""

    @field_validator("inference_ami_version")
    @classmethod
    def _has_the_driver(cls, value: str | None, info: ValidationInfo) -> str | None:
        if "instance_type" in info.data:
            refuse_unfit_ami(value, info.data["instance_type"])
        return value
