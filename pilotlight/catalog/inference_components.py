"""Holds what AWS publishes about inference components: models that share the instances of an endpoint."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.catalog.limits import INT32_MAXIMUM, Limit

CREATE: Final = documented("botocore 1.44.5, CreateInferenceComponent")
UPDATE: Final = documented("botocore 1.44.5, UpdateInferenceComponent")
ENDPOINT_CONFIG: Final = documented("botocore 1.44.5, CreateEndpointConfig")

FIRST_MEASURED: Final = field("stdapi-ai/stdapi.ai#43, 2026-08-27")
"""An account that tried what the guide on scaling to zero prescribes."""

SCALE_TO_ZERO_MEASURED: Final = "Hugging Face, hf-cloud-sagemaker-production-defaults, July 2026"
"""A guide with measurements of one endpoint that went to zero and came back."""

NAME: Final = Limit("InferenceComponentName", 1, 63, "characters", CREATE)

MINIMUM_CORES: Final = 0.25
"""NumberOfCpuCoresRequired (botocore 1.44.5, CreateInferenceComponent)."""

ACCELERATORS: Final = Limit("NumberOfAcceleratorDevicesRequired", 1, INT32_MAXIMUM, "accelerators", CREATE)
MEMORY_MIB: Final = Limit("MinMemoryRequiredInMb", 128, INT32_MAXIMUM, "MiB", CREATE)

DEFAULT_MEMORY_MIB: Final = 1024
DEFAULT_MEMORY_SOURCE: Final = field(
    f"{SCALE_TO_ZERO_MEASURED}: fits on the smallest type measured; it is a reservation and no cap, "
    "the container used several times as much"
)

COPIES: Final = Limit("CopyCount", 1, INT32_MAXIMUM, "copies", FIRST_MEASURED)
"""At creation. The service model allows 0, the service refused it."""

MAX_IMBALANCE: Final = Limit("MaxImbalance", 0, 100, "copies", CREATE, default=0)
ENVIRONMENT_ENTRIES: Final = Limit("Environment", None, 16, "entries", CREATE)
"""The service model's text and CloudFormation say 16; the shape itself would take 100."""

ENVIRONMENT_NAME: Final = Limit(
    "Environment",
    2,
    1025,
    "characters of a name",
    documented("CloudFormation registry schema of AWS::SageMaker::InferenceComponent (cfn-lint 1.58.0)"),
)
"""Of a component; a model takes names of one character too."""

MIN_INSTANCE_COUNT: Final = Limit("MinInstanceCount", 0, INT32_MAXIMUM, "instances", ENDPOINT_CONFIG)
MAX_INSTANCE_COUNT: Final = Limit("MaxInstanceCount", 1, INT32_MAXIMUM, "instances", ENDPOINT_CONFIG)
SCALE_IN_COOLDOWN: Final = Limit("CooldownInMinutes", 5 * 60, 1440 * 60, "s", ENDPOINT_CONFIG, default=1200)
"""In seconds; AWS takes whole minutes."""

MAXIMUM_STEP_SIZE: Final = Limit("MaximumStepSize", 1, 100, "instances", ENDPOINT_CONFIG, default=1)

BATCH_COPIES: Final = Limit("MaximumBatchSize", 1, INT32_MAXIMUM, "copies", UPDATE)

ZERO_INSTANCES_REFUSED: Final = frozenset({"eu-west-3"})
"""Regions where a MinInstanceCount of 0 was refused (FIRST_MEASURED)."""

ZERO_INSTANCES_ACCEPTED: Final = frozenset({"us-east-1"})
"""Regions where it was accepted (FIRST_MEASURED)."""

WAKE_COOLDOWN_SECONDS: Final = 60
WAKE_SOURCE: Final = documented("SageMaker Developer Guide, Scale an endpoint to zero instances")

ADAPTERS_WAKE_SOURCE: Final = assumed(
    "AWS does not say under whose name a request counts that an adapter's component has no capacity for, so "
    "both names are watched"
)

NO_CAPACITY: Final = "Inference Component has no capacity to process this request."
"""Begins the ValidationError (400) of a request for a component without copies; nothing is queued.

Source: AWS Machine Learning Blog on scaling to zero, as several repositories quote it (field).
"""

NOT_ENOUGH_HARDWARE: Final = "There is not enough hardware resources on the instances"
"""Begins the reason why a component fails that no instance has room for (SCALE_TO_ZERO_MEASURED, field)."""

LOG_GROUP_PREFIX: Final = "/aws/sagemaker/InferenceComponents/"
"""Begins the log group of a component; its name follows (SageMaker Developer Guide)."""

INVOKE_RESOURCES: Final = documented("cfn-lint 1.58.0, Policies.json: InvokeEndpoint")
"""InvokeEndpoint and its streaming sister take the ARNs of endpoints and of inference components."""


def zero_instances_notice(region: str) -> str | None:
    """Say what is known of a region's MinInstanceCount 0; None where it was accepted."""
    if region in ZERO_INSTANCES_ACCEPTED:
        return None
    known = "was refused" if region in ZERO_INSTANCES_REFUSED else "has not been reported"
    return f"MinInstanceCount 0 {known} in {region} ({FIRST_MEASURED})"
