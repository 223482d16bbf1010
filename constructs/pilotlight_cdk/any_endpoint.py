"""What the CDK takes for an endpoint, whatever it hosts."""

from __future__ import annotations

from typing import Any, cast

from aws_cdk import aws_sagemaker as sagemaker
from constructs import IConstruct

from pilotlight_cdk.endpoint_arn import arn_of_endpoint


class AnyEndpoint:
    """Makes a resource an endpoint for everybody who takes one, as API Gateway's `SagemakerIntegration`.

    A subclass lists it before `Resource` and sets `_endpoint_name` and `cfn_endpoint`. It says itself that it
    implements `IEndpoint`: here the decorator would hide from jsii that the subclass is a resource.
    """

    _endpoint_name: str
    cfn_endpoint: sagemaker.CfnEndpoint

    @property
    def endpoint_name(self) -> str:
        """A literal, not a reference."""
        return self._endpoint_name

    @property
    def endpoint_arn(self) -> str:
        """The ARN of the endpoint, for policies."""
        return arn_of_endpoint(cast("IConstruct", self), self._endpoint_name)

    @property
    def endpoint_ref(self) -> Any:
        """What generated constructs of the CDK refer to it by."""
        return self.cfn_endpoint.endpoint_ref
