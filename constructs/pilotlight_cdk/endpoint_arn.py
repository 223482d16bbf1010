"""The ARN of an endpoint, for policies."""

from __future__ import annotations

from aws_cdk import Stack
from constructs import IConstruct


def arn_of_endpoint(scope: IConstruct, endpoint_name: str) -> str:
    """Give the ARN of an endpoint in the account and region of a construct."""
    return Stack.of(scope).format_arn(service="sagemaker", resource="endpoint", resource_name=endpoint_name)
