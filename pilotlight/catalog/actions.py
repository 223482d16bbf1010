"""Names the IAM actions that Pilotlight grants: each once, so that a typo cannot hide."""

from __future__ import annotations

from typing import Final

INVOKE_ENDPOINT: Final = "sagemaker:InvokeEndpoint"
INVOKE_ENDPOINT_STREAM: Final = "sagemaker:InvokeEndpointWithResponseStream"
INVOKE_ENDPOINT_ASYNC: Final = "sagemaker:InvokeEndpointAsync"
DESCRIBE_ENDPOINT: Final = "sagemaker:DescribeEndpoint"

GET_OBJECT: Final = "s3:GetObject"
PUT_OBJECT: Final = "s3:PutObject"
ABORT_MULTIPART_UPLOAD: Final = "s3:AbortMultipartUpload"
LIST_BUCKET: Final = "s3:ListBucket"
PUBLISH: Final = "sns:Publish"

KMS_DECRYPT: Final = "kms:Decrypt"
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

SEND_MESSAGE: Final = "sqs:SendMessage"
PUT_EVENTS: Final = "events:PutEvents"
INVOKE_FUNCTION: Final = "lambda:InvokeFunction"
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
