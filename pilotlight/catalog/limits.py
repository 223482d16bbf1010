"""Holds AWS's limits on what Pilotlight sets: each once, with its unit and its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pilotlight.catalog.evidence import Source, documented

CREATE_ENDPOINT_CONFIG: Final = documented("botocore 1.44.5, CreateEndpointConfig")
CREATE_ENDPOINT: Final = documented("botocore 1.44.5, CreateEndpoint")
CREATE_MODEL: Final = documented("botocore 1.44.5, CreateModel")
INVOKE_ENDPOINT_ASYNC: Final = documented("botocore 1.44.5, InvokeEndpointAsync")
ADD_TAGS: Final = documented("botocore 1.44.5, sagemaker AddTags")
CLOUDFORMATION_ALARM: Final = documented(
    "CloudFormation registry schema of AWS::CloudWatch::Alarm (cfn-lint 1.58.0)"
)
CREATE_REPOSITORY: Final = documented("botocore 1.44.5, ecr CreateRepository")
PUT_IMAGE: Final = documented("botocore 1.44.5, ecr PutImage")
SPLIT_BY_THE_CDK: Final = documented("aws-cdk-lib 2.275.0, iam.Role, where it splits a large policy")

INT32_MAXIMUM: Final = 2**31 - 1
"""The greatest `integer` of an AWS service model, for numbers that have no narrower limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The values AWS allows for one number, both ends included; None means no bound is published."""

    name: str
    minimum: int | None
    maximum: int | None
    unit: str
    source: Source
    default: int | None = None

    def allows(self, value: float) -> bool:
        """Tell whether AWS accepts `value`."""
        return (self.minimum is None or value >= self.minimum) and (
            self.maximum is None or value <= self.maximum
        )

    def __str__(self) -> str:
        if self.minimum is None:
            return f"at most {self.maximum} {self.unit}"
        if self.maximum is None or self.maximum == INT32_MAXIMUM:
            return f"{self.minimum} or more {self.unit}"
        return f"{self.minimum}..{self.maximum} {self.unit}"


ENDPOINT_NAME: Final = Limit("EndpointName", 1, 63, "characters", CREATE_ENDPOINT)
INITIAL_INSTANCE_COUNT: Final = Limit(
    "InitialInstanceCount", 1, INT32_MAXIMUM, "instances", CREATE_ENDPOINT_CONFIG
)
VOLUME_SIZE_GB: Final = Limit("VolumeSizeInGB", 1, 512, "GB", CREATE_ENDPOINT_CONFIG)
MODEL_DATA_DOWNLOAD_TIMEOUT: Final = Limit(
    "ModelDataDownloadTimeoutInSeconds", 60, 3600, "s", CREATE_ENDPOINT_CONFIG
)
STARTUP_HEALTH_CHECK_TIMEOUT: Final = Limit(
    "ContainerStartupHealthCheckTimeoutInSeconds",
    60,
    3600,
    "s",
    documented("botocore 1.44.5, CreateEndpointConfig; default: Custom Inference Code with Hosting Services"),
    default=480,
)
ASYNC_MAX_CONCURRENT_INVOCATIONS: Final = Limit(
    "MaxConcurrentInvocationsPerInstance", 1, 1000, "invocations", CREATE_ENDPOINT_CONFIG
)

ASYNC_REQUEST_TTL: Final = Limit("RequestTTLSeconds", 60, 21600, "s", INVOKE_ENDPOINT_ASYNC, default=21600)
ASYNC_INVOCATION_TIMEOUT: Final = Limit(
    "InvocationTimeoutSeconds", 1, 3600, "s", INVOKE_ENDPOINT_ASYNC, default=900
)
ASYNC_INLINE_BODY: Final = Limit("Body", None, 128_000, "bytes", INVOKE_ENDPOINT_ASYNC)
INFERENCE_ID: Final = Limit("InferenceId", 1, 64, "characters", INVOKE_ENDPOINT_ASYNC)
FILENAME: Final = Limit("Filename", 1, 32, "characters", INVOKE_ENDPOINT_ASYNC)
OUTPUT_PATH_EXTENSION: Final = Limit("S3OutputPathExtension", 1, 512, "characters", INVOKE_ENDPOINT_ASYNC)

IMAGE_URI: Final = Limit("Image", None, 255, "characters", CREATE_MODEL)
MODEL_PACKAGE_NAME: Final = Limit("ModelPackageName", 1, 176, "characters", CREATE_MODEL)
MODEL_DATA_URL: Final = Limit("ModelDataUrl", None, 1024, "characters", CREATE_MODEL)
ENVIRONMENT_ENTRIES: Final = Limit("Environment", None, 100, "entries", CREATE_MODEL)
ENVIRONMENT_TEXT: Final = Limit("Environment key or value", None, 1024, "bytes", CREATE_MODEL)
ENVIRONMENT_TOTAL: Final = Limit("Environment in total", None, 32 * 1024, "bytes", CREATE_MODEL)

DEPLOYMENT_WAIT: Final = Limit("WaitIntervalInSeconds", 0, 3600, "s", CREATE_ENDPOINT)
DEPLOYMENT_TERMINATION_WAIT: Final = Limit(
    "TerminationWaitInSeconds", 0, 3600, "s", CREATE_ENDPOINT, default=0
)
DEPLOYMENT_TIMEOUT: Final = Limit("MaximumExecutionTimeoutInSeconds", 600, 28800, "s", CREATE_ENDPOINT)
ROLLING_BATCH_PERCENT: Final = Limit("MaximumBatchSize", 5, 50, "percent of capacity", CREATE_ENDPOINT)
ROLLBACK_BATCH_PERCENT: Final = Limit(
    "RollbackMaximumBatchSize", 1, 100, "percent of capacity", CREATE_ENDPOINT, default=100
)
CANARY_PERCENT: Final = Limit("CanarySize", 1, 50, "percent of capacity", CREATE_ENDPOINT)
LINEAR_STEP_PERCENT: Final = Limit("LinearStepSize", 10, 50, "percent of capacity", CREATE_ENDPOINT)
ROLLBACK_ALARMS: Final = Limit("AutoRollbackConfiguration.Alarms", 1, 10, "alarms", CREATE_ENDPOINT)

CAPTURE_PERCENT: Final = Limit("InitialSamplingPercentage", 0, 100, "percent", CREATE_ENDPOINT_CONFIG)
INSTANCE_POOLS: Final = Limit("InstancePools", 1, 5, "pools", CREATE_ENDPOINT_CONFIG)
INSTANCE_POOL_PRIORITY: Final = Limit("InstancePools.Priority", 1, 5, "as priority", CREATE_ENDPOINT_CONFIG)
INSTANCE_PROVISION_TIMEOUT: Final = Limit(
    "VariantInstanceProvisionTimeoutInSeconds", 300, 3600, "s", CREATE_ENDPOINT_CONFIG
)
RESERVATION_ARN: Final = Limit("MlReservationArn", 20, 258, "characters", CREATE_ENDPOINT_CONFIG)
PRODUCTION_VARIANTS: Final = Limit("ProductionVariants", 1, 10, "variants", CREATE_ENDPOINT_CONFIG)
VPC_SUBNETS: Final = Limit("VpcConfig.Subnets", 1, 16, "subnets", CREATE_MODEL)
VPC_SECURITY_GROUPS: Final = Limit("VpcConfig.SecurityGroupIds", 1, 5, "security groups", CREATE_MODEL)

INLINE_POLICIES: Final = Limit("inline policies of a role", 1, 10_000, "characters", SPLIT_BY_THE_CDK)
MANAGED_POLICY: Final = Limit("managed policy", 1, 6_000, "characters", SPLIT_BY_THE_CDK)

TAGS: Final = Limit("tags of a resource", None, 50, "tags", ADD_TAGS)
TAG_KEY: Final = Limit("tag key", 1, 128, "characters", ADD_TAGS)
TAG_VALUE: Final = Limit("tag value", 0, 256, "characters", ADD_TAGS)
ALARM_TAG_VALUE: Final = Limit("tag value", 1, 256, "characters", CLOUDFORMATION_ALARM)
"""Every endpoint has alarms, and CloudFormation gives those no empty tags, although SageMaker takes them."""

REPOSITORY_NAME: Final = Limit("repositoryName", 2, 256, "characters", CREATE_REPOSITORY)
IMAGE_TAG: Final = Limit("imageTag", 1, 300, "characters", PUT_IMAGE)
