"""Names the IAM actions that Pilotlight grants: each once, so that a typo cannot hide."""

from __future__ import annotations

from typing import Final

INVOKE_ENDPOINT: Final = "sagemaker:InvokeEndpoint"
INVOKE_ENDPOINT_STREAM: Final = "sagemaker:InvokeEndpointWithResponseStream"
INVOKE_ENDPOINT_ASYNC: Final = "sagemaker:InvokeEndpointAsync"

GET_OBJECT: Final = "s3:GetObject"
PUT_OBJECT: Final = "s3:PutObject"
ABORT_MULTIPART_UPLOAD: Final = "s3:AbortMultipartUpload"
LIST_BUCKET: Final = "s3:ListBucket"
PUBLISH: Final = "sns:Publish"

KMS_DECRYPT: Final = "kms:Decrypt"
KMS_ENCRYPT: Final = "kms:Encrypt"
KMS_GENERATE_DATA_KEY: Final = "kms:GenerateDataKey"
KMS_CREATE_GRANT: Final = "kms:CreateGrant"

USE_TABLE_KEY: Final = (
    KMS_DECRYPT,
    "kms:DescribeKey",
    "kms:Encrypt",
    KMS_GENERATE_DATA_KEY,
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What DynamoDB does with a table's key on behalf of a caller.

Source: DynamoDB Developer Guide, Encryption at rest, Authorizing use of your customer managed key.
"""

USE_LOGS_KEY: Final = (
    "kms:Decrypt",
    "kms:Describe*",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
)
"""What CloudWatch Logs does with a key (CloudWatch Logs User Guide, Encrypt log data using AWS KMS)."""

RUN_TRANSFORM_JOB: Final = (
    "sagemaker:CreateTransformJob",
    "sagemaker:DescribeTransformJob",
    "sagemaker:StopTransformJob",
)
"""What Step Functions does with a job that it starts and waits for (Step Functions Developer Guide, IAM
policies for SageMaker)."""

TAG_TRANSFORM_JOB: Final = ("sagemaker:AddTags", "sagemaker:ListTags")
"""As above; without it a job that has tags is refused."""

HEAR_OF_TRANSFORM_JOBS: Final = ("events:DescribeRule", "events:PutRule", "events:PutTargets")
"""As above: Step Functions keeps one rule in each account."""

PASS_ROLE: Final = "iam:PassRole"  # noqa: S105 (an action, not a password)
START_EXECUTION: Final = "states:StartExecution"

DELIVER_LOGS: Final = (
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
)
"""What a state machine needs to write its log; none of them knows a resource (Step Functions Developer Guide,
Logging using CloudWatch Logs)."""

TRACE: Final = (
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
)
"""What a state machine needs to be traced; none of them knows a resource (Step Functions Developer Guide,
IAM policies for X-Ray)."""

SEND_MESSAGE: Final = "sqs:SendMessage"
PUT_EVENTS: Final = "events:PutEvents"
INVOKE_FUNCTION: Final = "lambda:InvokeFunction"
GET_SECRET_VALUE: Final = "secretsmanager:GetSecretValue"  # noqa: S105 (an action)
DESCRIBE_ALARMS: Final = "cloudwatch:DescribeAlarms"

KEEP_STATUS_ROWS: Final = ("dynamodb:GetItem", "dynamodb:PutItem")
"""Whoever submits a request writes its row first and may look at it later."""

PULL_IMAGE: Final = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
)
"""What a model's role needs on the repository of its image."""

GET_REGISTRY_TOKEN: Final = "ecr:GetAuthorizationToken"  # noqa: S105 (an action, not a token)
"""Signs in to ECR; the API knows no resource, so it is granted on `*`."""

JOIN_NETWORK: Final = (
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
)
"""What a model's role needs to live in a VPC (SageMaker Developer Guide, SageMaker roles, CreateModel)."""

WRITE_LOGS: Final = (
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
)
PUT_METRIC_DATA: Final = "cloudwatch:PutMetricData"
