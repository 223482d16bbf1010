"""An endpoint configuration, parsed once from `CreateEndpointConfig` (botocore 1.43.106)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pilotlight.local.control_plane.async_inference_record import AsyncInferenceRecord
from pilotlight.local.control_plane.data_capture_record import DataCaptureRecord
from pilotlight.local.control_plane.properties import Properties
from pilotlight.local.control_plane.variant_record import VariantRecord

_PUBLISH_INTERVAL_S = 60
"""The default of `MetricsConfig` (botocore 1.43.106)."""


@dataclass(frozen=True, slots=True)
class EndpointConfigRecord:
    """A SageMaker endpoint configuration."""

    name: str
    arn: str
    variants: tuple[VariantRecord, ...]
    async_inference: AsyncInferenceRecord | None
    created: datetime
    properties: Properties
    """The members as given, for `DescribeEndpointConfig`."""
    data_capture: DataCaptureRecord | None = None
    """None: nothing is captured."""
    shadows: tuple[VariantRecord, ...] = ()
    """Variants that get copies of requests, and whose answers nobody gets."""

    @classmethod
    def parse(cls, properties: Properties, *, name: str, arn: str, created: datetime) -> EndpointConfigRecord:
        """From the members of `CreateEndpointConfig`."""
        asynchronous = properties.get("AsyncInferenceConfig")
        return cls(
            name=name,
            arn=arn,
            variants=tuple(VariantRecord.parse(each) for each in properties["ProductionVariants"]),
            async_inference=None if asynchronous is None else AsyncInferenceRecord.parse(asynchronous),
            created=created,
            properties=properties,
            data_capture=DataCaptureRecord.parse(properties.get("DataCaptureConfig")),
            shadows=tuple(
                VariantRecord.parse(each) for each in properties.get("ShadowProductionVariants", ())
            ),
        )

    @property
    def all_variants(self) -> tuple[VariantRecord, ...]:
        """Those that answer, and those that get copies."""
        return (*self.variants, *self.shadows)

    @property
    def publish_interval_s(self) -> int:
        """Seconds of SageMaker time between two values of utilisation (`MetricsConfig`)."""
        seconds: int = self.properties.get("MetricsConfig", {}).get(
            "MetricPublishFrequencyInSeconds", _PUBLISH_INTERVAL_S
        )
        return seconds

    def variant(self, name: str) -> VariantRecord:
        """The variant called `name`; raises KeyError when there is none."""
        for each in self.all_variants:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def is_serverless(self) -> bool:
        """Whether it runs on no instances."""
        return any(each.serverless is not None for each in self.variants)

    @property
    def hosts_components(self) -> bool:
        """Whether inference components bring the models: the variants name none."""
        return not self.model_names

    @property
    def model_names(self) -> tuple[str, ...]:
        """The models the variants name, in order."""
        return tuple(each.model_name for each in self.all_variants if each.model_name is not None)
