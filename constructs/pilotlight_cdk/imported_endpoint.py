"""Endpoints that exist already: to grant and to watch, not to change."""

from __future__ import annotations

from typing import Any

import jsii
from aws_cdk import Resource
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk.interfaces.aws_sagemaker import EndpointReference
from constructs import Construct

from pilotlight_cdk.multi_model_invocation import MultiModelInvocation
from pilotlight_cdk.realtime_metrics import RealtimeMetrics
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint
from pilotlight_cdk.variant_metrics import VariantMetrics


@jsii.implements(sagemaker.IEndpoint)
class ImportedRealtimeEndpoint(SynchronousEndpoint, RealtimeMetrics, Resource):
    """What `RealtimeEndpoint.from_endpoint_name` gives."""

    def __init__(self, scope: Construct, id: str, endpoint_name: str) -> None:
        self._endpoint_name = endpoint_name
        super().__init__(scope, id)

    @property
    def endpoint_ref(self) -> Any:
        """What generated constructs of the CDK refer to it by."""
        return EndpointReference(endpoint_arn=self.endpoint_arn)

    def variant(self, name: str) -> VariantMetrics:
        """The metrics of one variant, which the endpoint has or has not."""
        return VariantMetrics(self._endpoint_name, name)


@jsii.implements(sagemaker.IEndpoint)
class ImportedMultiModelEndpoint(MultiModelInvocation, Resource):
    """What `MultiModelEndpoint.from_endpoint_name` gives."""

    def __init__(self, scope: Construct, id: str, endpoint_name: str) -> None:
        self._endpoint_name = endpoint_name
        super().__init__(scope, id)

    @property
    def endpoint_ref(self) -> Any:
        """What generated constructs of the CDK refer to it by."""
        return EndpointReference(endpoint_arn=self.endpoint_arn)
