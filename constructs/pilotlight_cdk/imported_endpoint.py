"""Endpoints that exist already: to grant and to watch, not to change."""

from __future__ import annotations

from typing import Any

import jsii
from aws_cdk import Resource
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk.interfaces.aws_sagemaker import EndpointReference
from constructs import Construct

from pilotlight_cdk.invoked_endpoint import InvokedEndpoint
from pilotlight_cdk.multi_container_invocation import MultiContainerInvocation
from pilotlight_cdk.multi_model_invocation import MultiModelInvocation
from pilotlight_cdk.pipeline_invocation import PipelineInvocation
from pilotlight_cdk.realtime_metrics import RealtimeMetrics
from pilotlight_cdk.serverless_metrics import ServerlessMetrics
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint
from pilotlight_cdk.variant_metrics import VariantMetrics


class ImportedEndpoint(InvokedEndpoint, Resource):
    """Knows an endpoint by its name alone."""

    def __init__(self, scope: Construct, id: str, endpoint_name: str) -> None:
        self._endpoint_name = endpoint_name
        super().__init__(scope, id)

    @property
    def endpoint_ref(self) -> Any:
        """What generated constructs of the CDK refer to it by."""
        return EndpointReference(endpoint_arn=self.endpoint_arn)


@jsii.implements(sagemaker.IEndpoint)
class ImportedRealtimeEndpoint(ImportedEndpoint, SynchronousEndpoint, RealtimeMetrics):
    """What `RealtimeEndpoint.from_endpoint_name` gives."""

    def variant(self, name: str) -> VariantMetrics:
        """The metrics of one variant, which the endpoint has or has not."""
        return VariantMetrics(self._endpoint_name, name)


@jsii.implements(sagemaker.IEndpoint)
class ImportedMultiModelEndpoint(ImportedEndpoint, MultiModelInvocation):
    """What `MultiModelEndpoint.from_endpoint_name` gives."""


@jsii.implements(sagemaker.IEndpoint)
class ImportedServerlessEndpoint(ImportedEndpoint, ServerlessMetrics):
    """What `ServerlessEndpoint.from_endpoint_name` gives."""


@jsii.implements(sagemaker.IEndpoint)
class ImportedMultiContainerEndpoint(ImportedEndpoint, MultiContainerInvocation):
    """What `MultiContainerEndpoint.from_endpoint_name` gives."""


@jsii.implements(sagemaker.IEndpoint)
class ImportedPipelineEndpoint(ImportedEndpoint, PipelineInvocation):
    """What `PipelineEndpoint.from_endpoint_name` gives."""
