"""An endpoint whose containers work on each request one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsii
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from pilotlight.spec import ModelSpec, PipelineSpec
from pilotlight_cdk.container_metrics import StepMetrics
from pilotlight_cdk.containers_endpoint import ContainersEndpoint
from pilotlight_cdk.imported_endpoint import ImportedPipelineEndpoint
from pilotlight_cdk.pipeline_invocation import PipelineInvocation


@jsii.implements(sagemaker.IEndpoint)
class PipelineEndpoint(PipelineInvocation, ContainersEndpoint[PipelineSpec]):
    """Hosts two to fifteen containers that each request passes through, in the order of the model.

    The answer of a container is the request of the next one; callers see the answer of the last. It never
    has zero instances. Every instance runs all containers, so its memory has to hold all of their models.

    Keywords and attributes are those of `ContainersEndpoint`.
    """

    SPEC = PipelineSpec
    MODE = "Serial"

    @staticmethod
    def from_endpoint_name(scope: Construct, id: str, endpoint_name: str) -> ImportedPipelineEndpoint:
        """Take an endpoint that exists already, in this account and region, to grant and to watch it."""
        return ImportedPipelineEndpoint(scope, id, endpoint_name)

    def container(self, name: str) -> StepMetrics:
        """The metrics of one container. Raises LookupError when there is none of this name."""
        return super().container(self._name_of(name))

    @staticmethod
    def _containers(specs: Mapping[str, ModelSpec]) -> Any:
        return [{"name": name, "model": spec} for name, spec in specs.items()]
