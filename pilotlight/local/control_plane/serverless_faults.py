"""What SageMaker refuses about serverless variants beyond the shape of the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotlight.catalog.serverless import MEMORY_STEP
from pilotlight.local.control_plane.model_record import ModelRecord

_OF_INSTANCES = (
    "InstanceType",
    "InitialInstanceCount",
    "InstancePools",
    "ManagedInstanceScaling",
    "RoutingConfig",
    "VolumeSizeInGB",
)

_LEFT_OUT = {
    "AsyncInferenceConfig": "asynchronous inference",
    "DataCaptureConfig": "data capture",
    "ShadowProductionVariants": "shadow variants",
}
"""Feature exclusions (SageMaker Developer Guide, Deploy models with Serverless Inference)."""


def serverless_faults(variant: Mapping[str, Any], request: Mapping[str, Any]) -> list[str]:
    """Every fault of one variant in a request of CreateEndpointConfig."""
    name, config = variant["VariantName"], variant["ServerlessConfig"]
    found = [
        f"{member} must not be specified beside ServerlessConfig"
        for member in _OF_INSTANCES
        if member in variant
    ]
    if "ModelName" not in variant:
        found.append("ModelName must be specified")
    if config["MemorySizeInMB"] % MEMORY_STEP:
        found.append(f"MemorySizeInMB must be a multiple of {MEMORY_STEP}, got {config['MemorySizeInMB']}")
    provisioned, most = config.get("ProvisionedConcurrency", 0), config["MaxConcurrency"]
    if provisioned > most:
        found.append(f"ProvisionedConcurrency must not exceed MaxConcurrency, got {provisioned} of {most}")
    found += [f"serverless inference has no {what}" for key, what in _LEFT_OUT.items() if key in request]
    if len(request["ProductionVariants"]) > 1:
        found.append("serverless inference has no multiple production variants")
    return [f"variant {name}: {fault}" for fault in found]


def serverless_model_faults(variant: str, model: ModelRecord) -> list[str]:
    """What a model has that serverless inference leaves out (the same guide; botocore, ModelDataSource)."""
    containers = model.containers
    left_out = {
        "multi-model containers": any(each.is_multi_model for each in containers),
        "inference pipelines or multi-container endpoints": len(containers) > 1,
        "models given by ModelDataSource": any(each.model_data is not None for each in containers),
        "network isolation": model.network_isolation,
        "VPC configuration": "VpcConfig" in model.properties,
    }
    return [f"variant {variant}: serverless inference has no {what}" for what, has in left_out.items() if has]
