"""A further variant of an endpoint, in Python."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Self

from aws_cdk import Duration, Size

from pilotlight.spec import AnyScaling, VariantSpec
from pilotlight_cdk.model import Model
from pilotlight_cdk.spec_of import spec_of


@dataclass(frozen=True, slots=True)
class Variant:
    """One more model that takes a share of the requests of a `RealtimeEndpoint`.

    Args:
        model: what runs on it.
        instance_type: as `ml.m5.large`.
        scaling: how many instances there are. Default: as many as at first.
        initial_instance_count: instances at creation. Default: 1.
        weight: its share of the requests, divided by all weights. Default: 1.
        model_data_download_timeout: time to fetch the artefact. Default: SageMaker's.
        container_startup_health_check_timeout: time until the container answers. Default: SageMaker's.
        volume_size: storage of an instance. Default: SageMaker's choice.
    """

    model: Model
    instance_type: str
    scaling: AnyScaling | None = None
    initial_instance_count: int = 1
    weight: float = 1
    model_data_download_timeout: Duration | timedelta | None = None
    container_startup_health_check_timeout: Duration | timedelta | None = None
    volume_size: Size | int | None = None

    @property
    def spec(self) -> VariantSpec:
        """The variant as a fleet file would say it. Raises FleetRefused."""
        return spec_of(VariantSpec, "variant", {each.name: getattr(self, each.name) for each in fields(self)})

    @classmethod
    def from_spec(cls, spec: VariantSpec, model: Model) -> Self:
        """Give what a fleet file says, with the model that was built for it."""
        said = (name for name in VariantSpec.model_fields if name != "model")
        return cls(model=model, **{name: getattr(spec, name) for name in said})
