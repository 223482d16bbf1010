"""A production or shadow variant, parsed once from `CreateEndpointConfig` (botocore 1.43.106)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pilotlight.local.control_plane.instance_pools import on_first_pool
from pilotlight.local.control_plane.properties import Properties
from pilotlight.local.control_plane.serverless_record import ServerlessRecord


@dataclass(frozen=True, slots=True)
class VariantRecord:
    """One production variant: which model on how many instances of which type."""

    name: str
    model_name: str | None
    instance_type: str | None
    initial_instance_count: int
    initial_weight: float = 1.0
    startup_health_check_timeout_s: int | None = None
    volume_size_gb: int | None = None
    serverless: ServerlessRecord | None = None
    """None: it runs on instances."""
    properties: Properties = field(default_factory=dict)

    @classmethod
    def parse(cls, variant: Properties) -> VariantRecord:
        """From one entry of `ProductionVariants` or of `ShadowProductionVariants`."""
        serverless, chosen = ServerlessRecord.parse(variant), on_first_pool(variant)
        return cls(
            name=variant["VariantName"],
            model_name=chosen.get("ModelName"),
            instance_type=chosen.get("InstanceType"),
            initial_instance_count=0 if serverless else variant.get("InitialInstanceCount", 1),
            initial_weight=variant.get("InitialVariantWeight", 1.0),
            startup_health_check_timeout_s=variant.get("ContainerStartupHealthCheckTimeoutInSeconds"),
            volume_size_gb=variant.get("VolumeSizeInGB"),
            serverless=serverless,
            properties=variant,
        )
