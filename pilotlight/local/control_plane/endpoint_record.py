"""One endpoint as the control plane knows it, and how the API shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pilotlight.local.control_plane.data_capture_record import described_capture
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import EndpointDescription, VariantDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.runtime import Runtime
from pilotlight.local.control_plane.variant_record import VariantRecord

_KEPT = ("ManagedInstanceScaling", "RoutingConfig")
"""Members of a variant that its description repeats."""


@dataclass(slots=True)
class EndpointRecord:
    """A SageMaker endpoint: what was asked for, and the runtime that makes it true."""

    name: str
    arn: str
    created: datetime
    modified: datetime
    runtime: Runtime
    deployment: dict[str, Any] | None = None
    """The last `DeploymentConfig`, for `RetainDeploymentConfig`."""
    weights: dict[str, float] = field(default_factory=dict)
    """Weights that were set on the running endpoint, by variant."""
    deleting: bool = False
    configs: dict[str, EndpointConfigRecord] = field(default_factory=dict)
    """Every configuration it ever had: after an update that failed, the former one is in service."""
    models: dict[str, ModelRecord] = field(default_factory=dict)

    def take(self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> None:
        """Remember the configuration that the endpoint is about to get."""
        self.configs[config.name] = config
        self.models |= models

    def described(self) -> EndpointDescription:
        """What the runtime tells."""
        return self.runtime.describe()

    @property
    def status(self) -> str:
        """The endpoint status of `DescribeEndpoint`."""
        return "Deleting" if self.deleting else self.described().status

    def summary(self) -> dict[str, Any]:
        """The endpoint as `ListEndpoints` shows it."""
        return {
            "EndpointName": self.name,
            "EndpointArn": self.arn,
            "EndpointStatus": self.status,
            "CreationTime": self.created,
            "LastModifiedTime": self.modified,
        }

    def description(self) -> dict[str, Any]:
        """The endpoint as `DescribeEndpoint` shows it."""
        now = self.described()
        config = self.configs[now.config_name]
        return {
            **self.summary(),
            "EndpointConfigName": now.config_name,
            "ProductionVariants": self._variants(config.variants, now),
            "ShadowProductionVariants": self._variants(config.shadows, now) or None,
            "FailureReason": now.failure_reason,
            "AsyncInferenceConfig": config.properties.get("AsyncInferenceConfig"),
            "LastDeploymentConfig": self.deployment,
            "DataCaptureConfig": described_capture(config.properties.get("DataCaptureConfig")),
            "MetricsConfig": config.properties.get("MetricsConfig"),
        }

    def _variants(self, records: Sequence[VariantRecord], now: EndpointDescription) -> list[dict[str, Any]]:
        described = {each.name: each for each in now.variants}
        return [self._variant(each, described[each.name]) for each in records if each.name in described]

    def _variant(self, record: VariantRecord, variant: VariantDescription) -> dict[str, Any]:
        weight = self.weights.get(variant.name, record.initial_weight)
        images = [] if record.model_name is None else self.models[record.model_name].containers
        return {
            "VariantName": variant.name,
            "DeployedImages": [
                {"SpecifiedImage": each.image, "ResolvedImage": each.image, "ResolutionTime": self.modified}
                for each in images
                if each.image is not None
            ],
            "CurrentWeight": weight,
            "DesiredWeight": weight,
            "CurrentInstanceCount": variant.current_instance_count,
            "DesiredInstanceCount": variant.desired_instance_count,
            **_capacity(record, variant),
        }


def _capacity(record: VariantRecord, variant: VariantDescription) -> dict[str, Any]:
    """What else there is to know of the capacity."""
    kept = {key: record.properties[key] for key in _KEPT if key in record.properties}
    if "InstancePools" in record.properties:
        pool = {"InstanceType": record.instance_type, "CurrentInstanceCount": variant.current_instance_count}
        kept["InstancePools"] = [pool]
    if variant.concurrency is None:
        return kept
    return kept | {
        "CurrentServerlessConfig": variant.concurrency.current.described,
        "DesiredServerlessConfig": variant.concurrency.desired.described,
    }
