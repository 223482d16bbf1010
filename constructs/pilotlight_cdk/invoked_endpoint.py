"""What InvokeEndpoint asks: an `IEndpoint`, whatever it runs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import IConstruct

from pilotlight.catalog import actions
from pilotlight_cdk.endpoint_arn import arn_of_endpoint
from pilotlight_cdk.permission import allow
from pilotlight_cdk.request_metrics import RequestMetrics


class InvokedEndpoint(RequestMetrics):
    """Makes a resource an endpoint for everybody who takes one, as API Gateway's `SagemakerIntegration`.

    A subclass lists it before `Resource` and sets `_endpoint_name` and `cfn_endpoint`. It says itself that it
    implements `IEndpoint`: here the decorator would hide from jsii that the subclass is a resource.
    """

    INVOKED_BY: ClassVar[Sequence[str]] = (actions.INVOKE_ENDPOINT,)
    """What callers may do with it."""

    _endpoint_name: str
    cfn_endpoint: sagemaker.CfnEndpoint

    @property
    def endpoint_name(self) -> str:  # type: ignore[override] # jsii asks for a property
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

    def grant_invoke(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody invoke the endpoint."""
        return allow(grantee, self.INVOKED_BY, (self.endpoint_arn,))
