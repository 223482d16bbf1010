"""Facts of batch transform: limits, words and defaults of a transform job and of what starts it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Final

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.catalog.limits import INT32_MAXIMUM, Limit

CREATE_TRANSFORM_JOB: Final = documented("botocore 1.43.106, CreateTransformJob")
CREATE_SCHEDULE: Final = documented("botocore 1.43.106, scheduler CreateSchedule")
DATA_PROCESSING_GUIDE: Final = documented(
    "SageMaker Developer Guide, Associate Prediction Results with Input Records"
)
CONTAINER_GUIDE: Final = documented("SageMaker Developer Guide, Custom Inference Code with Batch Transform")
TRANSFORM_GUIDE: Final = documented("SageMaker Developer Guide, Use Batch Transform")
EVENTS_GUIDE: Final = documented("SageMaker Developer Guide, Automating SageMaker with EventBridge")
STATES_LANGUAGE: Final = documented("Step Functions Developer Guide, Task state and Handling errors")

LONGEST_JOB_NAME: Final = 63
JOB_NAME: Final = Limit("TransformJobName", 1, LONGEST_JOB_NAME, "characters", CREATE_TRANSFORM_JOB)
JOB_NAME_TAIL: Final = 22
"""Characters at the end of the name of a job that tell executions and their attempts apart."""

JOB_NAME_PATTERN: Final = r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"
"""What SageMaker takes as the name of a job (botocore 1.43.106, CreateTransformJob)."""

INSTANCE_COUNT: Final = Limit("InstanceCount", 1, 100, "instances", CREATE_TRANSFORM_JOB, default=1)
MAX_PAYLOAD_MB: Final = Limit("MaxPayloadInMB", 0, 100, "MB", CREATE_TRANSFORM_JOB, default=6)
MAX_CONCURRENT_TRANSFORMS: Final = Limit(
    "MaxConcurrentTransforms", 0, INT32_MAXIMUM, "requests of an instance", CREATE_TRANSFORM_JOB, default=1
)
IN_FLIGHT_MB: Final = Limit("MaxConcurrentTransforms * MaxPayloadInMB", None, 100, "MB", CREATE_TRANSFORM_JOB)
INVOCATION_TIMEOUT: Final = Limit(
    "InvocationsTimeoutInSeconds", 1, 3600, "s", CREATE_TRANSFORM_JOB, default=600
)
INVOCATION_RETRIES: Final = Limit("InvocationsMaxRetries", 0, 3, "retries", CREATE_TRANSFORM_JOB, default=3)
S3_URI: Final = Limit("S3Uri", None, 1024, "characters", CREATE_TRANSFORM_JOB)
MIME_TYPE: Final = Limit("ContentType", 1, 256, "characters", CREATE_TRANSFORM_JOB)
ENVIRONMENT_ENTRIES: Final = Limit("Environment", None, 16, "entries", CREATE_TRANSFORM_JOB)
ENVIRONMENT_KEY: Final = Limit("Environment key", 1, 1024, "characters", CREATE_TRANSFORM_JOB)
ENVIRONMENT_VALUE: Final = Limit("Environment value", 0, 10_240, "characters", CREATE_TRANSFORM_JOB)
JSON_PATH: Final = Limit("InputFilter or OutputFilter", None, 63, "characters", CREATE_TRANSFORM_JOB)

TASK_TIMEOUT: Final = Limit("TimeoutSeconds", 1, 99_999_999, "s", STATES_LANGUAGE)
RETRY_INTERVAL: Final = Limit("IntervalSeconds", 1, 99_999_999, "s", STATES_LANGUAGE, default=1)
RETRY_ATTEMPTS: Final = Limit("MaxAttempts", 0, 99_999_999, "attempts", STATES_LANGUAGE, default=3)

FLEXIBLE_WINDOW_MINUTES: Final = Limit("MaximumWindowInMinutes", 1, 1440, "minutes", CREATE_SCHEDULE)
SCHEDULE_EVENT_AGE: Final = Limit("MaximumEventAgeInSeconds", 60, 86_400, "s", CREATE_SCHEDULE)
SCHEDULE_ATTEMPTS: Final = Limit("MaximumRetryAttempts", 0, 185, "retries", CREATE_SCHEDULE)
SCHEDULE_TIMEZONE: Final = Limit("ScheduleExpressionTimezone", 1, 50, "characters", CREATE_SCHEDULE)

DEFAULT_BATCH_STRATEGY: Final = "MultiRecord"
"""As many records in a request as fit (CONTAINER_GUIDE)."""

PROCESSED_TYPES: Final = ("text/csv", "application/json", "application/jsonlines")
"""What records and answers must be to be filtered or joined (DATA_PROCESSING_GUIDE)."""

CSV: Final = "text/csv"

JOINED_INPUT: Final = "SageMakerInput"
JOINED_OUTPUT: Final = "SageMakerOutput"
"""The attributes of a joined record (botocore 1.43.106, DataProcessing)."""

OUTPUT_SUFFIX: Final = ".out"
"""What the name of an output object ends in (botocore 1.43.106, TransformOutput)."""

JOB_EVENT: Final = "SageMaker Transform Job State Change"
"""The detail type of the event of a job (EVENTS_GUIDE)."""

SAGEMAKER_EVENTS: Final = "aws.sagemaker"

ENDED: Final = frozenset({"Completed", "Failed", "Stopped"})
"""The states in which a job stays (botocore 1.43.106, TransformJobStatus)."""

GPU_AMI_VERSIONS: Final = ("al2-ami-sagemaker-batch-gpu-470", "al2-ami-sagemaker-batch-gpu-535")
"""Machine images that botocore 1.43.106 lists for a job (TransformAmiVersion); all of them are for GPUs."""

STEP_FUNCTIONS_RULE: Final = "StepFunctionsGetEventsForSageMakerTransformJobsRule"
"""The EventBridge rule by which Step Functions learns that a job has ended (Step Functions Developer Guide,
IAM policies for SageMaker)."""

INSTANCE_NAMESPACE: Final = "/aws/sagemaker/TransformJobs"
"""Where the instances of jobs publish their metrics (SageMaker Developer Guide, Monitor SageMaker with Amazon
CloudWatch)."""

LOG_GROUP: Final = "/aws/sagemaker/TransformJobs"
"""Where the containers of all jobs write, into streams that begin with the name of the job (SageMaker
Developer Guide, Log SageMaker events with Amazon CloudWatch)."""

CREATE_JOB: Final = "states:::sagemaker:createTransformJob.sync"
"""The integration that starts a job and waits for its end, without `arn:<partition>:` (Step Functions
Developer Guide, Manage SageMaker with Step Functions)."""

STOP_JOB: Final = "states:::aws-sdk:sagemaker:stopTransformJob"
PUBLISH: Final = "states:::sns:publish"

THROTTLED: Final = (
    "SageMaker.AmazonSageMakerException",
    "SageMaker.ResourceLimitExceededException",
    "ThrottlingException",
)
"""The names of errors under which SageMaker refuses to start a job for now."""

THROTTLED_SOURCE: Final = assumed(
    "AWS's sample state machines retry exactly these; no list of the integration's errors is published"
)

TASK_FAILED: Final = "States.TaskFailed"
TIMED_OUT: Final = "States.Timeout"
ANY_ERROR: Final = "States.ALL"
"""Error names of the Amazon States Language."""


def _types() -> tuple[str, ...]:
    text = files("pilotlight.catalog").joinpath("data/transform_instance_types.json").read_text("utf-8")
    return tuple(json.loads(text)["types"])


INSTANCE_TYPES: Final = _types()
"""The instance types that a transform job runs on: fewer than those of endpoints."""


def job_name_prefix(name: str) -> str:
    """Give what the names of all jobs of a batch transform begin with, so short that the tail fits."""
    return name[: LONGEST_JOB_NAME - JOB_NAME_TAIL - 1].strip("-") + "-"
