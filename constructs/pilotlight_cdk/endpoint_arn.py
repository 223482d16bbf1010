"""The ARN of an endpoint, for policies."""

from __future__ import annotations

from constructs import IConstruct

from pilotlight_cdk.location import Location


def arn_of_endpoint(scope: IConstruct, endpoint_name: str) -> str:
    """Give the ARN of an endpoint in the account and region of a construct."""
    return Location.of(scope).arn("sagemaker", f"endpoint/{endpoint_name}")
